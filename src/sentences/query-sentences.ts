/** Why a query, an export, or a request of the page is refused, and what to ask instead. */
export const querySentences = {
  'query.not-object': 'A query must be an object such as {"queryType":"calls"}, found {{- found}}.',
  'query.list': 'a list',
  'query.nothing': 'nothing',
  'query.too-large': 'The query is too large.',
  'query.patterns':
    'Its filters have {{patterns, number}} patterns, but at most {{most, number}} are allowed. Join some with |.',
  'query.invalid': "The query can't be answered.",
  'query.no-metrics': '"metrics" is empty. Select at least one of {{- metrics}}.',
  'query.group-twice': '"groupBy" has {{- fields}} twice.',
  'query.two-bands': '"groupBy" has {{- fields}}. Select one of them, because a query has bands of one kind.',
  'query.heatmap-metrics':
    '"metrics" has {{- metrics}}. A heat map shows one figure. Select one of them, or the format table.',
  'query.heatmap-groups':
    '"groupBy" is [{{- groups}}], but a heat map is grouped by [{{- expected}}]. Use filters for other fields.',
  'query.count-and-columns':
    '"columns" has {{- columns}} and "countBy" has {{- groups}}. Remove one of the two, because counts have their own columns.',
  'query.count-by': '"countBy" has {{- groups}}, but only callsNow has counts, not {{- queryType}}.',
  'query.columns': '"columns" has {{- column}}, which {{- queryType}} doesn\'t have. Select from {{- known}}.',
  'query.no-columns': '"columns" has {{- column}}, but only {{- known}} have columns to select, not {{- queryType}}.',
  'query.load.busiest': 'The busiest hour',
  'query.load.filter':
    "{{- metric}} can't be filtered by {{- fields}}, because a call that begins in those hours can last into others. Remove the filter, and group by hourOfDay or dayOfWeek, which count each call in all hours that it spans.",
  'query.load.group':
    "{{- metric}} can't be grouped by {{- fields}}. Use fields that don't change during a call, such as trunk, queue, and direction, or hourOfDay and dayOfWeek.",
  'query.load.over-time':
    "{{- metric}} over time can't be grouped by {{- fields}}. Select the format table or heat map, or remove the group.",
  'query.range.reversed':
    'The time range is reversed: it begins on {{- from}}, after its end on {{- to}}. Swap the two.',
  'query.range.type': 'The "{{- name}}" of the time range must be epoch milliseconds, found {{- found}}.',
  'query.range.late':
    'The "{{- name}}" of the time range is {{- time}}, but {{- latest}} is the latest that is allowed. Choose a range that ends earlier.',
  'query.narrow':
    'Group by fields with fewer values (not by one with a value for each call), add filters, or choose a wider interval or a shorter range.',
  'query.or-table': 'Or select the format table.',
  'query.lower-limit': 'Lower the limit.',
  'query.bound.groups':
    'The query produces {{found, number}} groups, including time buckets, but at most {{most, number}} are allowed.',
  'query.bound.times':
    'The percentiles of the query are made of more than {{most, number}} different times, counted for each group and time bucket.',
  'query.bound.traffic':
    'The concurrent calls would be counted in {{groups, number}} groups with {{buckets, number}} time buckets each, {{values, number}} values in total, but at most {{most, number}} are allowed.',
  'query.bound.contacts':
    'The numbers of the lost callers have more than {{most, number}} calls in this time range. Choose a shorter range, or filter by queue, DID, or server.',
  'query.bound.cells':
    'The table would have {{rows, number}} rows of {{columns, number}} columns, {{values, number}} values in total, but at most {{most, number}} are allowed.',
  'query.bound.series':
    'The answer would have {{series, number}} time series of {{values, number}} values each, but at most {{most, number}} series and {{mostValues, number}} values in total are allowed.',
  'query.bound.buckets':
    'The range has {{buckets, number}} time buckets, but at most {{most, number}} are allowed. Choose a wider interval or a shorter range.',
  'query.bound.quarters':
    'The range has {{quarters, number}} quarters of an hour, but at most {{most, number}} are allowed, about five years. Choose a shorter range.',
  'query.bound.values':
    'The answers to the queries of one request would have more than {{most, number}} values. Lower the limits, or use fewer queries in one panel.',
  'query.bound.characters':
    'The answers to the queries of one request would have more than {{most, number}} characters. Lower the limits, or use fewer queries in one panel.',
  'query.bound.journey':
    '"filters.linkedId" has {{calls, number}} calls, but at most {{most, number}} are allowed. A journey shows one call.',
  'query.bound.queries':
    'The request has {{queries, number}} queries, but at most {{most, number}} are allowed. Split it into several requests.',
  'query.slow':
    'The query took longer than {{seconds, number}} s and was stopped. Choose a shorter range, fewer groups, or a wider interval, or refresh dashboards with many panels less often.',
  'query.heavy':
    'The query needs more memory than queries may use. Choose a shorter range, fewer groups, or a wider interval, or filter by queue or server.',
  'query.hidden':
    'The query failed. To find the reason, an Admin can select Save & test in the data source configuration, or check the Grafana log.',
  'query.store-closed':
    'The store was closed while it was read, for example because settings changed. Run the query again.',
  'query.browser-only':
    'This data source is in browser-only mode, in which only an open page receives calls. Alert rules, exports, and history require the server part. Select it in the data source configuration.',
  'query.stopped': 'The data source was stopped. Try again in a moment.',
  'query.store-closing': 'The store is still being closed. Try again in a few seconds.',
  'mask.sort': "Numbers are masked for your role, so rows can't be sorted by {{- fields}}.",
  'mask.condition':
    'Numbers are masked for your role, so {{- fields}} can only be compared by = and !=, with a whole value, not by {{- operator}}.',
  'mask.lookups':
    'Numbers are masked for your role, and you have searched for as many different numbers as are allowed within an hour. Try again later, or ask for a role that sees numbers.',
  'mask.rules': "Numbers are masked for your role, so rules can't be previewed.",
  'export.invalid': "The rows can't be exported.",
  'export.unknown-filters':
    'Only other versions know the filters {{- filters}}, and without them the file would have more rows. Remove them, or update the plugin.',
  'export.columns':
    'The rows have {{columns, number}} custom fields, more than the {{most, number}} columns that a file can have. Select the fields that you need.',
  'export.not-json': '"query" must be JSON such as {"queryType":"calls"}, found {{- found}}.',
  'export.no-field': 'The answer has no field {{- field}}. Expected some of {{- known}}.',
  'export.waiting':
    '{{waiting, number}} exports are waiting already. Wait until some of them finish, then start yours again.',
  'export.stalled': 'The download stood still for {{minutes, number}} minutes, so it was ended. Start it again.',
  'export.canceled': 'The download was canceled.',
  'request.pbx-heard':
    'The PBX {{- server}} is heard, by this Grafana server or one that shares its store. Remove it from amihosts in amiws.yaml first.',
  'request.pbx-heard-ami':
    'The PBX {{- server}} is heard, by this Grafana server or one that shares its store. Remove it under Connection first.',
  'request.no-import': 'There is no import {{- place}}. Save the data source first.',
  'request.live-data': "The data of the live channel can't be used.",
  'request.live-full':
    'There is no room for another live channel. One user can open {{ofOne, number}}, all users together {{inAll, number}}. Turn off Live in panels that nobody looks at.',
} as const;
