import { Server } from '@grpc/grpc-js';
import { answerUnary } from './answer-unary';
import { data } from './data';
import { diagnostics } from './diagnostics';
import { DataService, DiagnosticsService, ResourceService, StreamService } from './generated/backend';
import { GRPCControllerService } from './generated/controller';
import { HealthCheckResponse_ServingStatus, HealthService } from './generated/health';
import type { HealthCheckRequest } from './generated/health';
import type { Logger } from './log';
import type { Plugin } from './plugin';
import { resource } from './resource';
import { stream } from './stream';

/** What grafana-plugin-sdk-go accepts of one request; answers have no limit. */
const largestRequest = 16 * 1024 * 1024;

export interface ServerOptions {
  log: Logger;
  /** Ends all calls when aborted; streams fail, so that Grafana runs them again. */
  stopping: AbortSignal;
  /** Answers the host's call to shut down; the host waits for it. */
  shutdown: () => Promise<void>;
}

/** A gRPC server, not yet listening, with the services that Grafana calls of a data source plugin. */
export function createServer(plugin: Plugin, { log, stopping, shutdown }: ServerOptions): Server {
  const server = new Server({
    'grpc.max_receive_message_length': largestRequest,
    'grpc.max_send_message_length': -1,
  });
  server.addService(DiagnosticsService, diagnostics(plugin, log, stopping));
  // Grafana 12.4 asks for no chunked data; its call answers UNIMPLEMENTED.
  server.addService({ queryData: DataService.queryData }, data(plugin, log, stopping));
  server.addService(ResourceService, resource(plugin, log, stopping));
  server.addService(StreamService, stream(plugin, log, stopping));
  // go-plugin asks for the service "plugin"; it does without its broker and stdio services (Grafana uses neither).
  server.addService(HealthService, {
    check: answerUnary<HealthCheckRequest, { status: HealthCheckResponse_ServingStatus }>(
      log,
      stopping,
      async ({ service }) => ({
        status: ['', 'plugin'].includes(service)
          ? HealthCheckResponse_ServingStatus.SERVING
          : HealthCheckResponse_ServingStatus.SERVICE_UNKNOWN,
      })
    ),
  });
  server.addService(GRPCControllerService, {
    shutdown: answerUnary(log, stopping, async () => {
      await shutdown();
      return {};
    }),
  });
  return server;
}
