/** Waits for the client, loads what does not change in a session, and shows the window. */
import { useEffect, useMemo, useState } from 'react';
import type { InspectorClient } from '../core/api/inspector-client.ts';
import { CommandsContext } from './commands/commands-context.ts';
import { commands } from './commands/registry.ts';
import { useGlobalKeys } from './commands/use-global-keys.ts';
import { loadRecentRuns } from './recent/recent-runs.ts';
import { ControllerContext } from './session/controller-context.ts';
import { runController } from './session/run-controller.ts';
import { nextTask } from './session/next-task.ts';
import { windowSession } from './session/window-session.ts';
import { useAsksOf, useMenuOf } from './shell/follow-shell.ts';
import { useShell } from './shell/shell-context.ts';
import { HandContext } from './step/hand-context.ts';
import { windowHand } from './step/hand.ts';
import { preloadLogScreen } from './terminal/use-log-screen.ts';
import { preloadLayout } from './views/trust/use-placed-graph.ts';
import { Starting } from './workbench/starting.tsx';
import { Workbench } from './workbench/workbench.tsx';
import { NoEngine } from './workbench/no-engine.tsx';

export type Connect = (lost: (why: string) => void) => Promise<InspectorClient>;

export function App({ connect }: { readonly connect: Connect }): React.ReactNode {
  const [client, setClient] = useState<InspectorClient | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    const open = async (): Promise<void> => {
      try {
        const connected = await connect((why) => windowSession.setState({ connectionLost: why }));
        const [runtime, scenes] = await Promise.all([connected.runtime(), connected.scenes()]);
        windowSession.setState({ runtime, scenes });
        void loadRecentRuns();
        setClient(connected);
        await nextTask();
        void preloadLogScreen();
        preloadLayout();
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      }
    };
    void open();
  }, [connect]);
  if (failure !== null) return <NoEngine why={failure} />;
  return client === null ? <Starting /> : <Inspector client={client} />;
}

function Inspector({ client }: { readonly client: InspectorClient }): React.ReactNode {
  const hand = useMemo(() => windowHand(client), [client]);
  const controller = useMemo(() => runController(client, hand), [client, hand]);
  const shell = useShell();
  const all = useMemo(() => commands({ controller, hand, shell }), [controller, hand, shell]);
  useGlobalKeys(all);
  useMenuOf(shell, all);
  useAsksOf(shell, all);
  return <HandContext value={hand}><ControllerContext value={controller}><CommandsContext value={all}><Workbench /></CommandsContext></ControllerContext></HandContext>;
}
