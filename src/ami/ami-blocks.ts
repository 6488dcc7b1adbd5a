/** Bytes of one message; no Cdr comes near it. */
const largestBlock = 1024 * 1024;
const firstSize = 64 * 1024;
const blockEnd = Buffer.from('\r\n\r\n');

/** What becomes of the bytes. */
export interface BlockSink {
  /** One message without the empty line that ends it. The bytes are valid only until the call returns. */
  block(bytes: Buffer): void;
  /** The beginning of a message that is longer than any may be; the rest of it is passed over. */
  tooLarge(start: Buffer): void;
}

/**
 * Cuts what an AMI sends into messages, which end with an empty line, however the bytes are split into packets. The
 * greeting must be taken off first: it ends with one CRLF.
 */
export class AmiBlocks {
  private buffer = Buffer.allocUnsafe(firstSize);
  private length = 0;
  private isPassingOver = false;

  constructor(private readonly sink: BlockSink) {}

  push(packet: Uint8Array): void {
    const searchFrom = Math.max(0, this.length - blockEnd.length + 1);
    this.append(packet);
    const bytes = this.buffer.subarray(0, this.length);
    let start = 0;
    for (let end = bytes.indexOf(blockEnd, searchFrom); end >= 0; end = bytes.indexOf(blockEnd, start)) {
      if (this.isPassingOver) {
        this.isPassingOver = false;
      } else if (end - start > largestBlock) {
        this.sink.tooLarge(bytes.subarray(start, end));
      } else if (end > start) {
        this.sink.block(bytes.subarray(start, end));
      }
      start = end + blockEnd.length;
    }
    this.keepFrom(start);
  }

  private append(packet: Uint8Array): void {
    const needed = this.length + packet.length;
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    this.buffer.set(packet, this.length);
    this.length = needed;
  }

  private keepFrom(start: number): void {
    this.buffer.copyWithin(0, start, this.length);
    this.length -= start;
    if (this.length <= largestBlock) {
      return;
    }
    if (!this.isPassingOver) {
      this.sink.tooLarge(this.buffer.subarray(0, this.length));
    }
    this.isPassingOver = true;
    // What may be the beginning of the message's end.
    const tail = blockEnd.length - 1;
    this.buffer.copyWithin(0, this.length - tail, this.length);
    this.length = tail;
  }
}
