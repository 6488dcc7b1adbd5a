import type { AssembledCall } from './assemble-call';
import type { CallId, CallParts } from './call-parts';

/** All that is stored of one call, or as much of it as was asked for. */
export interface StoredCall {
  id: CallId;
  assembled: AssembledCall;
  parts: CallParts;
}
