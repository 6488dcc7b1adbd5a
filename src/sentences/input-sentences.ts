/** What is wrong with JSON that somebody sends or saved: a query, settings, parameters of an export. */
export const inputSentences = {
  'input.whole': 'The value',
  'input.name-in': 'A name within {{- where}}',
  'input.own-name': 'A name',
  'input.expected': '{{- where}} must be {{- expected}}, found {{- found}}.',
  'input.unknown': 'There is no field {{- where}}.',
  'input.problem': '{{- where}}: {{- problem}}',
  'input.more_one': '{{count, number}} more problem was found.',
  'input.more_other': '{{count, number}} more problems were found.',
  'input.size.values': 'It has more than {{most, number}} values, up to {{- where}}. Remove some.',
  'input.size.depth': '{{- where}} is more than {{most, number}} levels deep.',
  'input.size.entries':
    '{{- where}} has {{entries, number}} entries, but at most {{most, number}} are allowed. Remove some.',
  'input.size.text':
    '{{- where}} has {{characters, number}} characters, but at most {{most, number}} are allowed. Shorten it.',
  'input.size.texts': 'Its texts have more than {{most, number}} characters, up to {{- where}}. Remove some.',
  'input.seconds': '<, <=, > and >= compare {{- fields}} with a number of seconds.',
  'input.time-of-day': 'Expected = or != with a time of day such as 08:00-18:00 or 22:00-06:00.',
  'input.time': 'Expected a time of day such as 08:00-18:00 or 22:00-06:00.',
  'input.fields': 'It has more than {{most, number}} fields.',
  'input.bands':
    'Expected ascending bounds, each once, as in [10, 20, 30, 60, 120]. Sort the bounds and remove duplicates.',
  'input.interval': 'Expected nothing, or a width such as 15m, 1h, 1d, 1M, or 1y.',
  'input.zone': 'Expected pbx or an IANA time zone such as Europe/Paris.',
  'input.epoch': 'Expected epoch milliseconds.',
  'input.milliseconds': 'Expected milliseconds.',
  'input.id': 'Expected 8 to 64 letters, digits, hyphens, or underscores.',
  'input.columns': 'At most {{most, number}} columns are allowed.',
  'input.column-twice': 'It has a column twice.',
  'pattern.long':
    'The pattern "{{- pattern}}…" has {{characters, number}} characters, but at most {{most, number}} are allowed. Shorten it.',
  'pattern.repeats':
    'The pattern "{{- pattern}}" repeats too much: its {{characters, number}} characters times its counts, {{repeated, number}} in total, exceed {{most, number}}. Use * or + instead of large counts.',
  'pattern.invalid':
    'The pattern "{{- pattern}}" is not a valid RE2 expression ({{- message}}). Expected a pattern such as ^PJSIP/trunk. RE2 has no look-ahead and no back-references.',
  'pattern.postgres':
    'The pattern "{{- pattern}}" contains {{- what}}, which PostgreSQL can\'t match as RE2 does. Use characters, classes such as [0-9], groups, and repetitions.',
  'pattern.closing': 'a ) without its (',
  'pattern.opening': 'a ( without its )',
  'pattern.nothing': 'a repetition of nothing',
  'pattern.repetitions': 'more than {{most, number}} repetitions',
  'pattern.sign': 'a {{- sign}} that repeats nothing',
  'pattern.range': 'a range from a higher to a lower character',
  'pattern.end': 'an end in the middle',
  'settings.invalid': "The settings of the data source can't be used.",
  'settings.invalid-rules': "The rules can't be used.",
  'settings.scheme': 'The address has no scheme. Expected an address such as {{- example}}.',
  'settings.not-websocket': 'The address is not a WebSocket address. Expected an address such as {{- example}}.',
  'settings.no-host': 'The address has no host. Expected an address such as {{- example}}.',
  'settings.user':
    'The address contains a user or password, which this field would show. Enter them under Authentication. Expected an address such as {{- example}}.',
  'settings.database-host':
    'Expected a host name such as db.example.com, an address, or the folder of a socket such as /run/postgresql.',
  'settings.schema':
    "Expected the name of a schema: lowercase letters, digits, and underscores, no digit at the start, at most 63 characters, and none of PostgreSQL's own names.",
  'settings.postgres': 'PostgreSQL requires {{- names}}. Enter them under Storage.',
} as const;
