/** What each view draws. */
import { AnswersView } from '../views/answers/answers-view.tsx';
import { CertificatesView } from '../views/certificates/certificates-view.tsx';
import { ConsoleView } from '../views/console/console-view.tsx';
import { DetailsPane } from '../views/details/details-pane.tsx';
import { DialogueDrawer } from '../views/dialogue/dialogue-drawer.tsx';
import { FindingsView } from '../views/findings/findings-view.tsx';
import { OverviewView } from '../views/overview/overview-view.tsx';
import { ReportView } from '../views/report/report-view.tsx';
import { TimingView } from '../views/timing/timing-view.tsx';
import { TlsaView } from '../views/tlsa/tlsa-view.tsx';
import { TrustView } from '../views/trust/trust-view.tsx';
import { Navigator } from './navigator.tsx';
import type { ViewName } from './views.ts';

export const VIEW_COMPONENTS: { readonly [Name in ViewName]: () => React.ReactNode } = {
  overview: OverviewView,
  findings: FindingsView,
  dialogue: DialogueDrawer,
  certificates: CertificatesView,
  tlsa: TlsaView,
  trust: TrustView,
  timing: TimingView,
  answers: AnswersView,
  console: ConsoleView,
  report: ReportView,
  navigator: Navigator,
  details: DetailsPane,
};
