/** Why a connection to amiws or to the AMI of a PBX fails, and what to try. */
export const connectionSentences = {
  'connection.found.error': 'Reason: {{- message}}.',
  'connection.found.closed': 'The connection was closed (code {{- code}}).',
  'connection.found.closed-login': 'The connection was closed during the login.',
  'connection.found.closed-greeting': 'The connection was closed before the greeting from Asterisk.',
  'connection.found.closed-open': 'The connection was closed.',
  'connection.found.no-handshake': 'No WebSocket handshake within {{seconds, number}} s.',
  'connection.found.no-pong': 'No answer to a WebSocket ping within {{seconds, number}} s.',
  'connection.found.no-ping': 'No answer to a Ping within {{seconds, number}} s.',
  'connection.found.no-login': 'No answer to the login within {{seconds, number}} s.',
  'connection.found.no-greeting': 'No greeting from Asterisk within {{seconds, number}} s.',
  'connection.found.status': 'The server answered HTTP {{- status}}.',
  'connection.found.interim': 'The server sends interim answers (HTTP 1xx) without end.',
  'connection.found.strange': 'Received data that is not from amiws.',
  'connection.found.browser': "The browser can't connect (code {{- code}}).",
  'connection.found.bad-url': "The address can't be used. Expected ws:// or wss:// with a host.",
  'connection.found.bad-header': "The address or a header can't be used.",
  'connection.found.bad-address': "The host or port can't be used.",
  'connection.found.bad-ca': 'The CA certificate is not PEM (-----BEGIN CERTIFICATE----- …).',
  'connection.found.other-name': 'The certificate is for another host name ({{- code}}).',
  'connection.found.no-tls': "The port doesn't use TLS ({{- code}}).",
  'connection.found.no-challenge': 'Asterisk offers no login by challenge (MD5).',
  'connection.found.login-refused': 'Asterisk answers the login with: {{- answer}}.',
  'connection.found.login-error': 'Asterisk answers the login with an error.',
  'connection.found.ssh': 'An SSH server answers there.',
  'connection.found.web': 'A web server answers there.',
  'connection.found.mail': 'A mail or FTP server answers there.',
  'connection.found.database': 'A database answers there.',
  'connection.found.other': 'Another service than Asterisk answers there.',
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
  'connection.ami.in-use':
    'With allowmultiplelogin = no in manager.conf, a user can log in only once. Enter a user that nothing else uses.',
  'connection.ami.clear-text': 'Without it, the secret would be readable on the network. Turn on TLS to log in.',
  'connection.ami.closed':
    'The data source reconnects automatically. If this repeats, check authlimit in manager.conf, and whether a firewall or proxy closes connections.',
  'connection.proxy.role':
    "Grafana's proxy lets only Editors and Admins reach amiws, because anyone who reaches it can control the PBX. Viewers need the server part.",
  'connection.proxy.unreachable':
    "Grafana can't reach amiws. Check that amiws runs and that its address is correct, then save the data source again to open the proxy.",
  'connection.proxy.silent': "Grafana doesn't answer. Check the network, and reload the page.",
  'connection.proxy.other':
    "Grafana's proxy didn't open a WebSocket (status {{- status}}). Check the address of amiws, and that any proxy in front of Grafana allows WebSockets.",
  'connection.settings.server': 'It has no name. Under Connection, enter the name to show as the PBX of its calls.',
  'connection.settings.host': 'It has no host. Enter a host name or address under Connection.',
  'connection.settings.user':
    'It has no user. Under Connection, enter the user that stands in square brackets in manager.conf.',
  'connection.settings.same-server':
    'Another PBX has the same name. Enter a unique name for each PBX under Connection.',
} as const;
