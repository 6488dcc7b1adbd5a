/** Room for so many entries; those that find none are counted. */
export class Room {
  refused = 0;
  private taken = 0;

  constructor(private readonly most: number) {}

  /** False where there is none. */
  enter(): boolean {
    if (this.taken >= this.most) {
      this.refused++;
      return false;
    }
    this.taken++;
    return true;
  }

  leave(count = 1): void {
    this.taken -= count;
  }
}
