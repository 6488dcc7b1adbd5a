/** An Asterisk with ports of its own on 127.0.0.1, so that several run side by side. */
export interface Installation {
  /** Debian's suite that it comes from. */
  suite: string;
  /** What `core show version` begins with. */
  version: string;
  ami: number;
  /** The AMI over TLS. */
  amis: number;
  sip: number;
  /** First of a thousand. */
  rtp: number;
  /** First of two thousand media ports of SIPp. */
  media: number;
  /** First port of SIPp's phones. */
  phones: number;
  /** First port of SIPp's callers. */
  callers: number;
  /** First port of SIPp's own remote controls. */
  controls: number;
}

const installation = (suite: string, version: string, base: number): Installation => ({
  suite,
  version,
  ami: base + 38,
  amis: base + 39,
  sip: base + 60,
  rtp: base + 10_000,
  media: 2 * base,
  phones: base + 70,
  callers: base + 100,
  controls: base + 500,
});

export const asterisk22 = installation('sid', 'Asterisk 22.', 15_000);
export const asterisk16 = installation('bullseye', 'Asterisk 16.', 14_000);
