/** What answers say besides their rows. */
export const noticeSentences = {
  'notice.clock.unknown':
    "The time zone of the PBX isn't known yet, so days follow UTC. Set the time zone of the PBX in the data source configuration, or select a time zone in the query.",
  'notice.clock.pbx-days':
    'Days and hours are those of the PBX, because Grafana does not pass on the time zone of a public dashboard or an alert rule.',
  'notice.clock.others':
    'The clocks of {{- servers}} differ from the clock that defines days here. Filter by server, or select a time zone in the query.',
  'notice.clock.order':
    'The clock of {{- fast}} is {{seconds, number}} s ahead of the clock of {{- slow}}, so calls of different PBXes can be in the wrong order here. Synchronize the clocks by NTP.',
  'notice.contact.open_one':
    "First-contact resolution covers calls until {{- time}}. For later calls, it isn't known yet whether the number calls again within {{count, number}} day.",
  'notice.contact.open_other':
    "First-contact resolution covers calls until {{- time}}. For later calls, it isn't known yet whether the number calls again within {{count, number}} days.",
  'notice.difference.differs': 'Queue figures of this time range differ from the figures of Asterisk.',
  'notice.difference.more_one': '{{count, number}} more difference is in this time range.',
  'notice.difference.more_other': '{{count, number}} more differences are in this time range.',
  'notice.rows.more':
    'More rows match than the {{limit, number}} that are shown. Raise the limit of the query, add a filter, or choose a shorter time range.',
  'notice.filters.unknown':
    "This version of the plugin doesn't have these filters: {{- filters}}. The answer is not filtered by them. Update the plugin, or edit the query and save it.",
  'notice.filters.ignored': "These filters don't apply to this question and are ignored: {{- fields}}.",
  'notice.filters.calls-only':
    "These filters don't apply to log-ins, pauses, and wrap-up, only to the figures of calls: {{- fields}}.",
  'notice.gap.missing': 'Calls may be missing.',
  'notice.gap.more_one': '{{count, number}} more gap is in this time range.',
  'notice.gap.more_other': '{{count, number}} more gaps are in this time range.',
  'notice.gap.filled_one':
    '{{count, number}} gap of {{- servers}} is filled in from the CDRs of the PBX. Queue visits in this gap are derived from CDRs, and log-in times are missing.',
  'notice.gap.filled_other':
    '{{count, number}} gaps of {{- servers}} are filled in from the CDRs of the PBX. Queue visits in these gaps are derived from CDRs, and log-in times are missing.',
  'notice.gap.read_one':
    '{{count, number}} gap of {{- servers}} is filled in from the queue_log, including queue visits, log-ins, and pauses.',
  'notice.gap.read_other':
    '{{count, number}} gaps of {{- servers}} are filled in from the queue_log, including queue visits, log-ins, and pauses.',
  'notice.gap.calls-filled': 'All other calls are filled in from the CDRs of the PBX.',
  'notice.gap.calls-missing': "Calls that didn't go through a queue may be missing.",
  'notice.hours.none': 'No business hours are set. Enter them in the data source configuration.',
  'notice.hours.unread_one':
    '{{count, number}} entry of the business hours and holidays can\'t be read: "{{- example}}". Correct it in the data source configuration.',
  'notice.hours.unread_other':
    '{{count, number}} entries of the business hours and holidays can\'t be read, for example "{{- example}}". Correct them in the data source configuration.',
  'notice.journey.not-named': 'Enter a linked ID, or click a call in the question Calls.',
  'notice.journey.unknown':
    'No stored call has this linked ID. Check how it is written, or click a call in the question Calls.',
  'notice.journey.cut':
    'The journey has more than {{steps, number}} steps. Only the first steps are shown. For the rest, query the CDRs of the call.',
  'notice.annotations.cut':
    'Only the latest {{most, number}} of {{all, number}} annotations are shown. Select a shorter time range or fewer kinds.',
  'notice.presence.unheard':
    'Log-in times of {{unheard, number}} of {{agents, number}} agents who handled calls aren\'t known for this time range, so these agents have no logged-in, paused, or idle time and no occupancy. Log-in times come from queue events while the PBX is connected (read class "agent"), or from an imported queue_log.',
  'notice.talk.includes-ringing':
    'On {{- servers}}, talk time begins at the CDR\'s answer time, so it includes ringing after Answer() in the dialplan. To count from the moment a person answers, add the read class "call" to the AMI user.',
  'notice.team.none': 'No agent is assigned to a team. Add teams to the directory in the data source configuration.',
  'notice.team.several_one':
    '{{count, number}} agent is in several teams and counts in each of them, so the sum of the teams can exceed the total.',
  'notice.team.several_other':
    '{{count, number}} agents are in several teams and count in each of them, so the sum of the teams can exceed the total.',
  'notice.traffic.in-progress': 'Calls in progress are counted when they end, so the newest values can still increase.',
  'notice.traffic.others': 'The row (others) has no peak because its groups reach their peaks at different times.',
  'notice.visits.derived':
    '{{derived, number}} of {{all, number}} queue visits are derived from CDRs because no queue events were received for them. CDRs don\'t show a second visit to the same queue in a row, or a caller who leaves by pressing a key. To match the figures of the PBX, add the read class "agent" to the AMI user.',
  'notice.visits.imported':
    '{{imported, number}} of {{all, number}} queue visits come from the queue_log of the PBX because no queue events were received for them.',
  'notice.visits.rest-events': 'All others come from queue events.',
  'notice.visits.rest-events-or-derived': 'All others come from queue events or are derived from CDRs.',
  'notice.transfers.derived':
    '{{derived, number}} of {{all, number}} transfers are derived from CDRs because no transfer events were received for them. CDRs don\'t distinguish a transfer from a dialplan that continues to another phone or queue. Add the read class "call" to the AMI user, or import the queue_log.',
  'notice.linked-id.unmapped':
    'LinkedID is not mapped, so the legs of a transferred or forwarded call count as separate calls. Add "linkedid => LinkedID" to [mappings] in cdr_manager.conf.',
  'notice.now.no-pbx': "No PBX has been heard yet, so the current state isn't known.",
  'notice.now.down':
    "The current state of {{- servers}} isn't known. Check that the PBX runs, that the login to it works, and that a Grafana instance listens to it.",
  'notice.now.silent': '{{- server}} (nothing heard for {{seconds, number}} s)',
  'notice.now.no-channels':
    'Calls of {{- servers}} can\'t be shown because no channel events are received. Add the read class "call" to the AMI user.',
  'notice.now.recent':
    'Calls that began before the PBX was heard appear with their next event. Heard without interruption: {{- servers}}.',
  'notice.now.since': '{{- server}} since {{- time}}',
  'notice.empty.offset_one': 'No rows follow the first {{count, number}} row. Lower the offset.',
  'notice.empty.offset_other': 'No rows follow the first {{count, number}} rows. Lower the offset.',
  'notice.empty.filtered':
    'No calls in this time range match the filters. Remove filters, or check how values are written. The editor suggests values that are in use.',
  'notice.empty.nothing-stored':
    'No calls are stored yet. Make a test call. The check list in the data source configuration shows what is missing.',
  'notice.empty.too-early':
    'History begins at {{- time}}. Select a later time range, or import the CDRs that the PBX stored before.',
  'notice.empty.too-late':
    'The last call began at {{- time}}. Select an earlier time range. If calls were made since then, the check list in the data source configuration shows what is missing.',
  'notice.empty.none': 'No calls began in this time range. Select a wider time range.',
  'notice.store.newest-missing': "The newest calls are missing because the store doesn't accept CDRs.",
  'notice.store.waiting': '{{records, number}} CDRs and events wait in memory.',
  'notice.ask-admin': 'To find the reason, an Admin can select Save & test in the data source configuration.',
  'alert.no-grafana': "Current call data isn't available because no Grafana server that listens to the PBX is active.",
  'alert.no-grafana-advice':
    'Check that one that shares the store runs, and select Save & test in its data source configuration.',
  'alert.no-amiws': "Current call data isn't available because amiws isn't connected.",
  'alert.no-connection': "Current call data isn't available because neither amiws nor a PBX is connected.",
  'alert.no-pbx': "Current call data isn't available because no PBX is connected.",
  'alert.silent': "Current call data isn't available because the PBX is silent: {{- servers}}.",
  'alert.silent-advice': 'Check that the PBX runs and that the login to it works.',
} as const;
