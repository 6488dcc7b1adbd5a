export interface BasicAuth {
  user: string;
  password: string;
}

/** Header of HTTP basic authentication, in UTF-8 as RFC 7617 advises; none without a user. */
export function basicAuthHeader(auth: BasicAuth | undefined): Record<string, string> {
  if (auth === undefined) {
    return {};
  }
  const bytes = new TextEncoder().encode(`${auth.user}:${auth.password}`);
  return { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}
