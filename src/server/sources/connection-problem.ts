import type { FailureReason } from '../../amiws/amiws-socket';
import type { PbxProblem } from '../../settings/pbx-settings';
import type { Connection, PbxConnection } from '../ask/status';

type Advice = Partial<Readonly<Record<FailureReason, string>>>;

const closed = 'The connection was closed; it is tried again.';
const dns = 'The host name is not known here: check its spelling.';

const ofAmiws: Advice = {
  refused: 'Nothing listens there: check host and port (ws_port in amiws.yaml), and that amiws runs.',
  certificate: "The certificate can't be trusted: give the CA that signed it, or check the name in the address.",
  'not-amiws': 'Something answers there that is not amiws: check the port and the path of a reverse proxy.',
  dns,
  timeout: 'Nothing answers: check a firewall between Grafana and amiws.',
  unauthorized: 'The reverse proxy wants other credentials: check user, password and headers.',
  closed,
};

const ofAmi: Advice = {
  refused:
    'Nothing listens there: check host and port, and enabled, bindaddr and port under [general] in manager.conf (tlsenable ' +
    'and tlsbindaddr for TLS).',
  certificate:
    "The certificate can't be trusted: give the CA that signed it, or the certificate itself where it signed itself, and " +
    'the host by the name that stands in it.',
  'not-ami':
    'Expected the manager interface of Asterisk: check the port, 5038 as a rule and 5039 with TLS, and whether it is the one ' +
    'with TLS.',
  dns,
  timeout:
    'Expected the manager interface of Asterisk: check a firewall between Grafana and the PBX, and that TLS is on here where ' +
    'the port is the one with TLS.',
  login:
    'Check user and secret, and that deny, permit and acl of the user in manager.conf let in the address of Grafana: Asterisk ' +
    'answers all of these alike. After a change: asterisk -rx "manager reload".',
  'clear-text':
    'Without it the secret would be sent for everyone on the way to read: switch TLS on, by which it is sent.',
  closed:
    'It is tried again. Where that repeats, check authlimit in manager.conf, and what lies between: a firewall, or a proxy ' +
    'that ends connections.',
};

const ofSettings: Readonly<Record<PbxProblem, string>> = {
  server: 'It has no name. Enter one under Connection, the name that its calls are to have as their server.',
  host: 'It has no host. Enter its name or address under Connection.',
  user: 'It has no user. Enter the one that stands in square brackets in manager.conf under Connection.',
  'same-server': 'Another PBX has the same name. Give each its own under Connection, since calls are told apart by it.',
};

/** Why amiws is not connected, and what to do. */
export function amiwsProblem(connection: Failed): string {
  return problem(connection, ofAmiws);
}

/** Why the AMI of a PBX is not connected, and what to do. */
export function amiProblem(connection: Failed & Pick<PbxConnection, 'problem'>): string {
  return connection.problem === null ? problem(connection, ofAmi) : ofSettings[connection.problem];
}

type Failed = Pick<Connection, 'reason' | 'detail'>;

function problem({ reason, detail }: Failed, advice: Advice): string {
  const known = reason ?? 'timeout';
  return `${detail ?? known}. ${advice[known] ?? closed}`;
}
