/** Why a connection to amiws or to the AMI of a PBX fails, and what to try. */
export const connectionSentences = {
  'connection.detail': '{{- detail}}.',
  'connection.closed': 'The connection was closed. The data source reconnects automatically.',
  'connection.dns': "The host name can't be resolved. Check its spelling.",
  'connection.amiws.refused':
    'Nothing listens there. Check host and port (ws_port in amiws.yaml), and that amiws runs.',
  'connection.amiws.certificate':
    "The certificate isn't trusted. Provide the CA that signed it, or check the name in the address.",
  'connection.amiws.not-amiws': 'Another service answers there. Check the port and the path of the reverse proxy.',
  'connection.amiws.timeout': 'Nothing answers. Check the firewall between Grafana and amiws.',
  'connection.amiws.unauthorized': 'The reverse proxy requires other credentials. Check user, password, and headers.',
  'connection.ami.refused':
    'Nothing listens there. Check host and port, and enabled, bindaddr, and port under [general] in manager.conf (tlsenable and tlsbindaddr for TLS).',
  'connection.ami.certificate':
    "The certificate isn't trusted. Provide the CA that signed it, or the certificate itself if it is self-signed, and enter the host by the name in the certificate.",
  'connection.ami.not-ami':
    'Expected the manager interface of Asterisk. Check the port (usually 5038, or 5039 with TLS), and whether it is the port with TLS.',
  'connection.ami.timeout':
    'Expected the manager interface of Asterisk. Check the firewall between Grafana and the PBX. If the port is the one with TLS, turn on TLS here.',
  'connection.ami.login':
    'Check user and secret, and that deny, permit, and acl of the user in manager.conf allow the address of Grafana. Asterisk gives the same answer to all of these. After a change, run: asterisk -rx "manager reload".',
  'connection.ami.clear-text': 'Without it, the secret would be readable on the network. Turn on TLS to log in.',
  'connection.ami.closed':
    'The data source reconnects automatically. If this repeats, check authlimit in manager.conf, and whether a firewall or proxy closes connections.',
  'connection.settings.server': 'It has no name. Under Connection, enter the name to show as the PBX of its calls.',
  'connection.settings.host': 'It has no host. Enter a host name or address under Connection.',
  'connection.settings.user':
    'It has no user. Under Connection, enter the user that stands in square brackets in manager.conf.',
  'connection.settings.same-server':
    'Another PBX has the same name. Enter a unique name for each PBX under Connection.',
} as const;
