import { answerUnary } from './answer-unary';
import { asPluginError } from './as-plugin-error';
import { healthRequest } from './from-proto';
import type { CheckHealthRequest, CheckHealthResponse, DiagnosticsServer } from './generated/backend';
import type { Logger } from './log';
import type { HealthResult, Plugin } from './plugin';
import { checkHealthResponse } from './to-proto';

/** Grafana's CheckHealth and CollectMetrics. A thrown health check is an unhealthy answer, with the reason as message. */
export function diagnostics(plugin: Plugin, log: Logger, stopping: AbortSignal): DiagnosticsServer {
  return {
    checkHealth: answerUnary<CheckHealthRequest, CheckHealthResponse>(log, stopping, async (request) => {
      const result = await plugin
        .checkHealth(healthRequest(request))
        .catch((error): HealthResult => ({ status: 'error', message: asPluginError(error, log).message }));
      return checkHealthResponse(result);
    }),
    collectMetrics: answerUnary(log, stopping, async () => ({
      metrics: { prometheus: Buffer.from(await plugin.collectMetrics()) },
    })),
  };
}
