/** Stretches of time of which calls are missing or counted otherwise, in notices, annotations, the check list and health. */
export const stretchSentences = {
  'span.closed': 'from {{- from}} to {{- to}}',
  'span.open': 'from {{- from}} until now',
  'gap.stopped': "{{- server}} wasn't heard {{- span}} because the data source wasn't running.",
  'gap.disconnected': "{{- server}} wasn't heard {{- span}} because the data source wasn't connected.",
  'gap.silent': "{{- server}} wasn't heard {{- span}} because the PBX sent nothing.",
  'gap.unrecorded':
    '{{- server}} sent no Cdr events {{- span}} although calls ended. Refer to the check list in the data source configuration.',
  'gap.dropped':
    "CDRs of {{- server}} weren't stored {{- span}} because the store didn't accept them and memory was full.",
  'gap.lost':
    'CDRs of {{- server}} {{- span}} were lost because the file of the store was damaged, cut short, or replaced.',
  'difference.more_one':
    '{{- place}}: Asterisk counted {{count, number}} more {{- outcome}} visit than is stored, between {{- from}} and {{- to}}.',
  'difference.more_other':
    '{{- place}}: Asterisk counted {{count, number}} more {{- outcome}} visits than are stored, between {{- from}} and {{- to}}.',
  'difference.fewer_one':
    '{{- place}}: Asterisk counted {{count, number}} {{- outcome}} visit fewer than is stored, between {{- from}} and {{- to}}.',
  'difference.fewer_other':
    '{{- place}}: Asterisk counted {{count, number}} {{- outcome}} visits fewer than are stored, between {{- from}} and {{- to}}.',
  'difference.queue': 'queue {{- queue}}',
  'difference.agent': 'agent {{- agent}}',
  'difference.answered': 'answered',
  'difference.abandoned': 'abandoned',
  'annotation.gap.title': 'Gap: {{- server}}',
  'annotation.gap.duration': 'Duration: {{- duration}}.',
  'annotation.gap.filled': 'Its calls are filled in from the CDRs of the PBX.',
  'annotation.gap.missing': 'Calls that ended in this gap may be missing.',
  'annotation.restart.title': '{{- server}} restarted',
  'annotation.restart.text': 'Calls in progress ended without a CDR.',
  'annotation.difference.title': 'Queue figures differ from Asterisk: {{- place}}',
  'annotation.burst.title_one': '{{count, number}} missed call',
  'annotation.burst.title_other': '{{count, number}} missed calls',
  'annotation.burst.text_one': '{{count, number}} call of {{- server}} was missed or abandoned.',
  'annotation.burst.text_other': '{{count, number}} calls of {{- server}} were missed or abandoned.',
  'list.more': '{{- named}}, and {{more, number}} more',
} as const;
