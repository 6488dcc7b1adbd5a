import { Counter, Gauge, Registry } from 'prom-client';

/** Figures on the plugin itself, in the Prometheus text format, as Grafana scrapes them. */
export class PluginMetrics {
  private readonly registry = new Registry();
  readonly frames = this.counter('frames_total', 'Frames from amiws and messages of PBXes by kind', ['uid', 'kind']);
  readonly badFrames = this.counter('bad_frames_total', 'Frames that could not be read, by reason', ['uid', 'reason']);
  readonly recordProblems = this.counter('record_problems_total', 'CDR records with a field that could not be read', [
    'uid',
    'problem',
  ]);
  readonly recordsStored = this.counter('records_stored_total', 'CDR records stored', ['uid']);
  readonly dropped = this.counter('dropped_total', 'Records and events dropped since the store took none', ['uid']);
  readonly setAside = this.counter('set_aside_total', 'Records and events that could not be stored, by reason', [
    'uid',
    'reason',
  ]);
  readonly storeFailures = this.counter('store_failures_total', 'Batches that the store did not take', ['uid']);
  readonly queueDifferences = this.counter(
    'queue_differences_total',
    'Queue visits that Asterisk counted and that are not stored, or the other way round',
    ['uid', 'server', 'outcome']
  );
  readonly agentDifferences = this.counter(
    'agent_differences_total',
    'Queue calls that Asterisk counted of a member and that are not stored of the agent, or the other way round',
    ['uid', 'server']
  );
  readonly connected = this.gauge('connected', '1 while a connection to amiws or a PBX is open', ['uid']);
  readonly storeUp = this.gauge('store_up', '1 while the store takes what comes', ['uid', 'store']);
  readonly serverUp = this.gauge('server_up', '1 while the PBX is heard', ['uid', 'server']);

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `amiws_cdr_${name}`, help, labelNames, registers: [this.registry] });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ name: `amiws_cdr_${name}`, help, labelNames, registers: [this.registry] });
  }
}
