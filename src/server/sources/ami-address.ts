import type { AmiAddress } from '../../ami/ami-socket';
import { amiPorts, type PbxSettings } from '../../settings/pbx-settings';

/** Where the AMI of a PBX is by the settings, its secret put in. */
export function amiAddress(
  { server, host, port, tls, user, place }: PbxSettings & { place: number },
  secrets: Readonly<Record<string, string>>
): AmiAddress {
  const ca = secrets[`pbxCACert${place}`];
  return {
    server,
    host,
    port: port === 0 ? (tls ? amiPorts.tls : amiPorts.plain) : port,
    tls,
    ...(ca ? { ca } : {}),
    user,
    secret: secrets[`pbxSecret${place}`] ?? '',
  };
}
