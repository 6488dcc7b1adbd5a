/** What Save & test says. */
export const healthSentences = {
  'health.plain.ok': 'The data source is connected and hears a PBX.',
  'health.plain.error': "The data source doesn't work at the moment.",
  'health.plain.unknown': 'It is not known whether the data source works.',
  'health.store.write': "The store ({{- place}}) doesn't accept CDRs.",
  'health.store.read': "The store ({{- place}}) can't be read.",
  'health.store.waiting': '{{records, number}} CDRs and events wait in memory.',
  'health.store.dropped-oldest': '{{records, number}} were dropped, the oldest first.',
  'health.no-address': 'No amiws URL is set. Expected an address such as ws://pbx.example.com:8080.',
  'health.no-pbx': 'No PBX is set. Under Connection, add one with its host, user, and secret.',
  'health.amiws-down': 'amiws is not connected.',
  'health.ami-down': '{{- pbx}} is not connected.',
  'health.silent-ami': 'Logged in, but no PBX answers a Ping. Check that Asterisk is not stuck.',
  'health.silent-amiws':
    'Connected to amiws, but no PBX is heard. Check amihosts in amiws.yaml, and that the AMI user is allowed to log in.',
  'health.elsewhere': "This Grafana server doesn't listen to the PBX. Other servers that share the store do.",
  'health.stored-uncounted': 'Calls are stored, too many to count quickly.',
  'health.stored': '{{records, number}} CDRs of {{calls, number}} calls are stored in {{- place}}.',
  'health.amiws-up': 'Connected to amiws since {{- time}}.',
  'health.ami-up': 'Logged in to {{- pbx}} since {{- time}}.',
  'health.pbxes': 'PBX: {{- names}}.',
  'health.no-event': 'No event received yet.',
  'health.last-event': 'Last event at {{- time}}.',
  'health.derivation': 'Stored calls are being recalculated: {{done, number}} of {{total, number}}.',
  'health.removed':
    '{{records, number}} CDRs from before {{- time}} were removed because their retention period ended.',
  'health.import-failed': 'Import for {{- server}} failed.',
  'health.import-running': 'Import for {{- server}}: {{done, number}} of {{total, number}}.',
  'health.import-problems_one':
    '{{count, number}} row of the import for {{- server}} has problems. Refer to Call history.',
  'health.import-problems_other':
    '{{count, number}} rows of the import for {{- server}} have problems. Refer to Call history.',
  'health.kept-logs': 'Damaged files of the store remain next to it: {{- files}}.',
  'health.bad_one': "{{count, number}} frame or field can't be read.",
  'health.bad_other': "{{count, number}} frames or fields can't be read.",
  'health.dropped_one': "{{count, number}} CDR or event was dropped because the store didn't accept it.",
  'health.dropped_other': "{{count, number}} CDRs or events were dropped because the store didn't accept them.",
  'health.no-system-class':
    "{{- pbx}} doesn't send FullyBooted. To record its restarts, add the read class system to the AMI user, then end its session.",
  'health.clock.fast': 'The clock of {{- server}} is {{seconds, number}} s fast. Synchronize it by NTP.',
  'health.clock.slow': 'The clock of {{- server}} is {{seconds, number}} s slow. Synchronize it by NTP.',
  'health.files':
    "Grafana can't write to the data folder ({{- code}}). After a restart of Grafana, the data source listens only from the first request on, and look-ups of masked numbers are counted from zero.",
  'sharing.no-writer':
    'No Grafana server writes to the store at the moment. One that listens takes over within seconds.',
  'sharing.writes': 'This Grafana server has written to the store since {{- time}}.',
  'sharing.stands-by': 'This Grafana server stands by. {{- writer}} has written to the store since {{- time}}.',
  'sharing.only-answers':
    'This Grafana server only answers queries. {{- writer}} has written to the store since {{- time}}.',
  'sharing.clock-ahead':
    'The clock of this Grafana server is {{seconds, number}} s ahead of the clock of the database.',
  'sharing.clock-behind': 'The clock of this Grafana server is {{seconds, number}} s behind the clock of the database.',
  'sharing.clock-advice': 'Synchronize both by NTP.',
} as const;
