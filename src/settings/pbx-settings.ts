import * as v from 'valibot';

/** What a data source listens to: amiws, the manager interface (AMI) of PBXes, or both. */
export const connections = ['amiws', 'ami', 'both'] as const;
export type ConnectionChoice = (typeof connections)[number];

/** Ports of the AMI as manager.conf has them by default. */
export const amiPorts = { plain: 5038, tls: 5039 } as const;

/** One PBX whose AMI the data source logs in to. */
export const pbxEntries = v.object({
  /** What the PBX is called: the `server` of its calls. */
  server: v.optional(v.pipe(v.string(), v.trim()), ''),
  host: v.optional(v.pipe(v.string(), v.trim()), ''),
  /** 0 for the one that is usual. */
  port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 0),
  /** Connect with TLS and check the certificate, the host's name in it included. */
  tls: v.optional(v.boolean(), false),
  user: v.optional(v.pipe(v.string(), v.trim()), ''),
});

export type PbxSettings = v.InferOutput<typeof pbxEntries>;
export type SavedPbx = v.InferInput<typeof pbxEntries>;

export function listensToAmiws({ connection }: { connection: ConnectionChoice }): boolean {
  return connection !== 'ami';
}

/** The PBXes that are logged in to, with their place among the saved ones, by which their secrets are called. */
export function pbxesOf({
  connection,
  pbxes,
}: {
  connection: ConnectionChoice;
  pbxes: ReadonlyArray<PbxSettings | null>;
}): Array<PbxSettings & { place: number; problem: PbxProblem | null }> {
  const entries = connection === 'amiws' ? [] : pbxes;
  return entries.flatMap((pbx, place) => {
    const isFirst = !entries.slice(0, place).some((other) => other?.server === pbx?.server);
    return pbx === null ? [] : [{ ...pbx, place, problem: problemOf(pbx, isFirst) }];
  });
}

/** Why a PBX can't be logged in to: what its entry lacks, or that another one is called the same. */
export type PbxProblem = 'server' | 'host' | 'user' | 'same-server';

function problemOf(pbx: PbxSettings, isFirst: boolean): PbxProblem | null {
  const missing = (['server', 'host', 'user'] as const).find((name) => pbx[name] === '');
  return missing ?? (isFirst ? null : 'same-server');
}
