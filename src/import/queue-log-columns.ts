import type { ColumnPlan } from './table-layout';

/**
 * Columns of a `queue_log` table: Asterisk's realtime names, which FreePBX (`asteriskcdrdb.queuelog`) and Issabel keep.
 * Without the adaptive layout (`queue_adaptive_realtime=no`), `data` holds what `data1` to `data5` do. Source: Asterisk
 * main/logger.c, `ast_queue_log`; contrib/realtime.
 */
export const queueLogColumns: ColumnPlan = {
  fields: Object.fromEntries(
    ['time', 'callid', 'queuename', 'agent', 'event', 'data', 'data1', 'data2', 'data3', 'data4', 'data5', 'id'].map(
      (name) => [name, name]
    )
  ),
  required: ['time', 'callid', 'queuename', 'agent', 'event'],
  time: 'time',
  order: ['id', 'callid', 'queuename', 'agent', 'event', 'data', 'data1', 'data2', 'data3', 'data4', 'data5'],
  ignored: null,
};
