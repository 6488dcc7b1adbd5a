/** Whether a PBX sends what a kind of question needs, in the check list. */
export const needSentences = {
  'need.name-trunks': 'Name your trunks under Direction.',
  'need.lost-callers.heard':
    'CDRs received: {{inbound, number}} of inbound calls, {{outbound, number}} of outbound calls.',
  'need.lost-callers.unnamed': 'None of {{records, number}} CDRs belongs to an inbound call.',
  'need.lost-callers.missing': 'No CDR of an inbound call received yet.',
  'need.lost-callers.missing-advice': 'Make a test call from outside.',
  'need.traffic.heard': 'CDRs received. They contain when calls begin and end.',
  'need.traffic.missing': 'No CDR received yet.',
  'need.traffic.missing-advice': 'Make a test call and answer it.',
  'need.trunks.heard': 'CDRs received: {{trunk, number}} with a trunk, {{agents, number}} with a calling agent.',
  'need.trunks.unnamed': 'None of {{records, number}} CDRs contains a trunk.',
  'need.trunks.missing': 'No CDR of a call through a trunk received yet.',
  'need.trunks.missing-advice': 'Make an outbound test call.',
  'need.agents.heard_one': '{{count, number}} event of queue members received, and hang-ups that show rejected calls.',
  'need.agents.heard_other':
    '{{count, number}} events of queue members received, and hang-ups that show rejected calls.',
  'need.agents.no-hangup_one':
    "{{count, number}} event of queue members received, but no hang-ups, so rejected calls aren't known.",
  'need.agents.no-hangup_other':
    "{{count, number}} events of queue members received, but no hang-ups, so rejected calls aren't known.",
  'need.agents.no-hangup-advice': 'Add the read class call to the AMI user.',
  'need.agents.missing': 'No log-in, pause, or state of a queue member received yet.',
  'need.agents.missing-advice':
    'Add the read class agent to the AMI user, and log an agent in to a queue if this PBX has one.',
  'need.talk-ends.heard_one': '{{count, number}} queue call received that says who ended the talk.',
  'need.talk-ends.heard_other': '{{count, number}} queue calls received that say who ended the talk.',
  'need.talk-ends.missing': 'No AgentComplete event with a Reason received yet.',
  'need.talk-ends.missing-advice':
    'Add the read class agent to the AMI user. If this PBX has a queue, call it, answer, and hang up.',
  'need.transfers.heard_one': '{{count, number}} transfer event received.',
  'need.transfers.heard_other': '{{count, number}} transfer events received.',
  'need.transfers.impossible': "Asterisk 11 and earlier don't send BlindTransfer and AttendedTransfer events.",
  'need.transfers.impossible-advice':
    'Transfers are derived from CDRs. To get the transfers of queue calls, import the queue_log.',
  'need.transfers.missing': 'No transfer event received yet.',
  'need.transfers.missing-advice':
    'Transfer a test call. Without the read class call, transfers are derived from CDRs or the queue_log.',
  'need.calls-now.heard_one': '{{count, number}} Newchannel event received.',
  'need.calls-now.heard_other': '{{count, number}} Newchannel events received.',
  'need.calls-now.missing': 'No Newchannel event received yet.',
  'need.calls-now.missing-advice': 'Add the read class call to the AMI user, and make a test call.',
  'need.callers-waiting.heard_one': '{{count, number}} caller in a queue seen.',
  'need.callers-waiting.heard_other': '{{count, number}} callers in queues seen.',
  'need.callers-waiting.missing': 'No caller in a queue seen yet.',
  'need.callers-waiting.missing-advice':
    'Add the read class agent to the AMI user, and call a queue if this PBX has one.',
} as const;
