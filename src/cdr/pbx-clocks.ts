import type { Derivation } from './derivation';
import type { PbxClock } from './pbx-clock';

/** The wall clock of each PBX: one, whatever asks for it. */
export class PbxClocks {
  private readonly clocks = new Map<string, PbxClock>();

  constructor(private readonly derivation: Pick<Derivation, 'newClock'>) {}

  of(server: string): PbxClock {
    const known = this.clocks.get(server) ?? this.derivation.newClock(server);
    this.clocks.set(server, known);
    return known;
  }
}
