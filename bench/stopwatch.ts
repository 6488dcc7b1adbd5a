/** Sums the time that some tasks take, and the processor time of the process meanwhile. Milliseconds. */
export class Stopwatch {
  elapsed = 0;
  processor = 0;

  async time<T>(task: () => Promise<T> | T): Promise<T> {
    const [start, before] = [performance.now(), process.cpuUsage()];
    try {
      return await task();
    } finally {
      this.elapsed += performance.now() - start;
      const { user, system } = process.cpuUsage(before);
      this.processor += (user + system) / 1000;
    }
  }
}
