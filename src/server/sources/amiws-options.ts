import type { AmiwsOptions } from '../../amiws/connect-amiws';
import type { CdrSettings } from '../../settings/settings';

/** The connection's options from the settings, their secrets put in. */
export function amiwsOptions(
  settings: CdrSettings,
  secrets: Readonly<Record<string, string>>,
  openSocket: AmiwsOptions['openSocket']
): AmiwsOptions {
  const headers = settings.headerNames.map((name, index) => [name, secrets[`header${index}`] ?? ''] as const);
  return {
    openSocket,
    queueStatus: true,
    tls: { skipVerify: settings.tlsSkipVerify, ...(secrets.tlsCACert ? { ca: secrets.tlsCACert } : {}) },
    headers: Object.fromEntries(headers.filter(([name, value]) => name !== '' && value !== '')),
    ...(settings.basicAuthUser
      ? { basicAuth: { user: settings.basicAuthUser, password: secrets.basicAuthPassword ?? '' } }
      : {}),
  };
}
