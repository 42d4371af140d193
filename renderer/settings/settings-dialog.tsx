/** What the person may choose, in one place: the window, and how runs are made. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Dialog } from '../a11y/dialog.tsx';
import { isEhloArgument } from '../../core/api/ehlo-argument.ts';
import { readResolverAddress, writtenResolver } from '../../core/api/resolver-address.ts';
import { allowCharacters, useKeyBindings } from '../commands/key-bindings.ts';
import { forgetAll, useRecentRuns } from '../recent/recent-runs.ts';
import { useSession } from '../session/session-store.ts';
import { Plain } from '../text/plain.tsx';
import { TEXT_SIZES, setTextSize, useTextSize } from '../theme/text-size.ts';
import { THEME_CHOICES, THEME_TITLES, useTheme } from '../theme/theme.ts';
import type { ThemeChoice } from '../theme/theme.ts';
import { DialogHead } from '../workbench/dialog-head.tsx';
import { closeDialog, showDialog, useUi } from '../workbench/ui-store.ts';
import { setRunSettings, useRunSettings } from './run-settings.ts';

export function SettingsDialog(): React.ReactNode {
  const shown = useUi((state) => state.dialog === 'settings');
  return <Dialog label="Settings" className="dialog" shown={shown} close={closeDialog}><Settings /></Dialog>;
}

function Settings(): React.ReactNode {
  return (
    <>
      <DialogHead title="Settings" />
      <section className="settings-group"><h3>Window</h3><ThemeSetting /><TextSizeSetting /><KeySettings /></section>
      <section className="settings-group"><h3>Runs made from here on</h3><EhloSetting /><ProbeSetting /><FamilySetting /><ResolverSetting /><AllServersSetting /></section>
      <section className="settings-group"><h3>Recent runs</h3><RecentSetting /></section>
    </>
  );
}

function Setting({ title, note, children }: { readonly title: string; readonly note?: ReactNode; readonly children: ReactNode }): ReactNode {
  return <div className="setting"><label><span className="setting-title">{title}</span>{children}</label>{note === undefined ? null : <p className="setting-note">{note}</p>}</div>;
}

function ThemeSetting(): React.ReactNode {
  const choice = useTheme((state) => state.choice);
  const choose = useTheme((state) => state.choose);
  return (
    <Setting title="Theme">
      <select value={choice} onChange={(event) => choose(event.target.value as ThemeChoice)}>{THEME_CHOICES.map((one) => <option key={one} value={one}>{THEME_TITLES[one]}</option>)}</select>
    </Setting>
  );
}

function TextSizeSetting(): React.ReactNode {
  const size = useTextSize((state) => state.size);
  return (
    <Setting title="Text size">
      <select value={size} onChange={(event) => setTextSize(Number(event.target.value))}>{TEXT_SIZES.map((one) => <option key={one} value={one}>{one} %</option>)}</select>
    </Setting>
  );
}

function KeySettings(): React.ReactNode {
  const characters = useKeyBindings((state) => state.characters);
  return (
    <>
      <Setting title="Single-character keys" note="Such as ? for the keys, j and k in lists. Off, they do nothing."><input type="checkbox" checked={characters} onChange={(event) => allowCharacters(event.target.checked)} /></Setting>
      <p className="setting-note"><button type="button" className="plain-button" onClick={() => showDialog('keys')}>Change keys</button></p>
    </>
  );
}

function EhloSetting(): React.ReactNode {
  const own = useSession((state) => state.runtime?.helo ?? '');
  const helo = useRunSettings((state) => state.helo);
  const [text, setText] = useState(helo ?? '');
  const wrong = text !== '' && !isEhloArgument(text);
  const change = (value: string): void => {
    setText(value);
    if (value === '' || isEhloArgument(value)) setRunSettings({ helo: value === '' ? null : value });
  };
  const note = wrong ? <span role="alert" className="setting-wrong">This is no name or address literal; the one before is used. Example: mail.example.org</span> : <>Servers see and log it. Empty: <span className="mono"><Plain text={own} limit={255} /></span></>;
  return (
    <Setting title="EHLO name" note={note}>
      <input type="text" className="filter" value={text} placeholder={own} spellCheck={false} autoCapitalize="none" maxLength={255} aria-invalid={wrong} onChange={(event) => change(event.target.value)} />
    </Setting>
  );
}

function ProbeSetting(): React.ReactNode {
  const probe = useRunSettings((state) => state.probe);
  return (
    <Setting title="Key types" note="A server with two certificates can be half broken; only looking for each key type shows it.">
      <select value={probe} onChange={(event) => setRunSettings({ probe: event.target.value === 'quick' ? 'quick' : 'full' })}>
        <option value="full">Each that the server has (full)</option>
        <option value="quick">The one that it prefers (quick)</option>
      </select>
    </Setting>
  );
}

function FamilySetting(): React.ReactNode {
  const families = useRunSettings((state) => state.families.join(' '));
  const choose = (value: string): void => setRunSettings({ families: value === '4' ? [4] : (value === '6' ? [6] : [4, 6]) });
  return (
    <Setting title="Reached by">
      <select value={families} onChange={(event) => choose(event.target.value)}><option value="4 6">IPv4 and IPv6</option><option value="4">IPv4 only</option><option value="6">IPv6 only</option></select>
    </Setting>
  );
}

/** A part of an address is none: what was set stays until the whole one is there. */
function ResolverSetting(): React.ReactNode {
  const own = useSession((state) => state.runtime?.resolver ?? '');
  const resolver = useRunSettings((state) => state.resolver);
  const [text, setText] = useState(resolver === null ? '' : writtenResolver(resolver));
  const wrong = text !== '' && readResolverAddress(text) === null;
  const change = (value: string): void => {
    setText(value);
    const read = readResolverAddress(value);
    if (value === '' || read !== null) setRunSettings({ resolver: read });
  };
  const note = wrong ? <span role="alert" className="setting-wrong">This is no address; the one before is used. Examples: 192.0.2.53, [2001:db8::53]:5353</span>
    : <>It sees every name. Its answers are evidence: signatures are checked here. Empty: <Plain text={own} limit={200} /></>;
  return (
    <Setting title="Resolver" note={note}>
      <input type="text" id="resolver-setting" className="filter" value={text} placeholder={own} spellCheck={false} autoCapitalize="none" maxLength={60} aria-invalid={wrong} onChange={(event) => change(event.target.value)} />
    </Setting>
  );
}

function AllServersSetting(): React.ReactNode {
  const all = useRunSettings((state) => state.allServers);
  const behind = useRunSettings((state) => state.resolver !== null);
  return (
    <Setting title="Ask every name server" note={behind ? 'Not through a resolver: it asks them itself.' : 'At every address, to compare what they say in Answers: some lookups fail at one of several. It takes more time and queries.'}>
      <input type="checkbox" checked={all && !behind} disabled={behind} onChange={(event) => setRunSettings({ allServers: event.target.checked })} />
    </Setting>
  );
}

function RecentSetting(): React.ReactNode {
  const keep = useRunSettings((state) => state.keepRecent);
  const count = useRecentRuns((state) => state.runs.length);
  return (
    <>
      <Setting title="Keep the last ten runs" note="On this computer only, with all their evidence."><input type="checkbox" checked={keep} onChange={(event) => setRunSettings({ keepRecent: event.target.checked })} /></Setting>
      <p className="setting-note"><button type="button" className="plain-button" disabled={count === 0} onClick={() => void forgetAll()}>{count === 1 ? 'Forget the run' : `Forget all ${String(count)} runs`}</button></p>
    </>
  );
}
