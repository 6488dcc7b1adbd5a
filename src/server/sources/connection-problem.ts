import type { FailureReason } from '../../amiws/amiws-socket';
import type { Status } from '../ask/status';

const advice: Readonly<Record<FailureReason, string>> = {
  refused: 'Nothing listens there: check host and port (ws_port in amiws.yaml), and that amiws runs.',
  certificate: "The certificate can't be trusted: give the CA that signed it, or check the name in the address.",
  'not-amiws': 'Something answers there that is not amiws: check the port and the path of a reverse proxy.',
  dns: 'The host name is not known here: check its spelling.',
  timeout: 'Nothing answers: check a firewall between Grafana and amiws.',
  unauthorized: 'The reverse proxy wants other credentials: check user, password and headers.',
  closed: 'The connection was closed; it is tried again.',
};

/** Why amiws is not connected, and what to do. */
export function connectionProblem({ reason, detail }: Status['connection']): string {
  const known = reason ?? 'timeout';
  return `${detail ?? known}. ${advice[known]}`;
}
