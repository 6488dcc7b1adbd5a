export const pbxKinds = ['asterisk', 'freepbx'] as const;
export type PbxKind = (typeof pbxKinds)[number];

/** What the PBX and amiws need, each from some lines of configuration. */
export const setupParts = ['ami', 'amiUser', 'timestamps', 'cdrManager', 'unanswered', 'amiws'] as const;
export type SetupPart = (typeof setupParts)[number];

/** Lines to paste into one file. */
export interface SetupBlock {
  file: string;
  lines: string;
}

/** The blocks of one part, and the command that makes them take effect. */
export interface SetupStep {
  blocks: SetupBlock[];
  command: string;
}

/**
 * No write class: Ping and QueueStatus need none, so that nobody who reaches amiws can act on the PBX through it
 * (seen on Asterisk 22.10; main/manager.c and app_queue.c register both with authority 0).
 */
const amiUser = `[amiws]
secret = CHANGE-ME
deny = 0.0.0.0/0.0.0.0
permit = 127.0.0.1/255.255.255.255
read = system,call,agent,cdr
write =`;

/**
 * The same for a data source that logs in itself, to which Asterisk sends only what something reads. One extended regular
 * expression against the whole event, as Asterisk 16 to 22 take it.
 */
const ami = `${amiUser.replace('[amiws]', '[grafana]')}
eventfilter = Event: (Cdr|Queue|Agent|Dial|New(channel|state|Callerid)|Rename|Hold|Unhold|Bridge(Enter|Leave)|Hangup|(Attended|Blind)Transfer|LocalOptim|FullyBooted|Shutdown)`;

/** `(+)` adds to the section that stands above; a second section of the same name would be ignored. */
const timestamps = `[general](+)
enabled = yes
timestampevents = yes`;

const mappings = `linkedid => LinkedID
sequence => Sequence`;

/** FreePBX tells the number first dialled and the extension that calls apart from what trunks and the dialplan show. */
const freepbxMappings = `${mappings}
did => DID
cnum => CNUM`;

/** Else a caller who gives up while no phone rings leaves no record. */
const unanswered = 'unanswered = yes';

/** Keys as amiws 2.2.1 reads them (src/lib/config.c). */
const amiwsYaml = `ws_port: 8080
amihosts:
  - name: pbx-east
    host: 127.0.0.1
    port: 5038
    username: amiws
    secret: CHANGE-ME`;

/** A login keeps the classes that it had, so amiws has to log in anew. */
const restartAmiws = 'systemctl restart amiws';

const amiwsStep: SetupStep = { blocks: [{ file: '/etc/amiws.yaml', lines: amiwsYaml }], command: restartAmiws };

/** FreePBX: modules framework (manager.conf) and cdr (cdr.conf, cdr_manager.conf) include these files and leave them alone. */
const steps: Readonly<Record<PbxKind, Readonly<Record<SetupPart, SetupStep>>>> = {
  asterisk: {
    ami: {
      blocks: [{ file: '/etc/asterisk/manager.conf', lines: ami }],
      command: 'asterisk -rx "manager reload"',
    },
    amiUser: {
      blocks: [{ file: '/etc/asterisk/manager.conf', lines: amiUser }],
      command: `asterisk -rx "manager reload" && ${restartAmiws}`,
    },
    timestamps: {
      blocks: [{ file: '/etc/asterisk/manager.conf', lines: timestamps }],
      command: 'asterisk -rx "manager reload"',
    },
    cdrManager: {
      blocks: [
        { file: '/etc/asterisk/cdr_manager.conf', lines: `[general]\nenabled = yes\n\n[mappings]\n${mappings}` },
      ],
      command: 'asterisk -rx "module reload cdr_manager.so"',
    },
    unanswered: {
      blocks: [{ file: '/etc/asterisk/cdr.conf', lines: `[general](+)\n${unanswered}` }],
      command: 'asterisk -rx "module reload cdr"',
    },
    amiws: amiwsStep,
  },
  freepbx: {
    ami: {
      blocks: [{ file: '/etc/asterisk/manager_custom.conf', lines: ami }],
      command: 'fwconsole reload',
    },
    amiUser: {
      blocks: [{ file: '/etc/asterisk/manager_custom.conf', lines: amiUser }],
      command: `fwconsole reload && ${restartAmiws}`,
    },
    timestamps: {
      blocks: [{ file: '/etc/asterisk/manager_custom.conf', lines: timestamps }],
      command: 'fwconsole reload',
    },
    cdrManager: {
      blocks: [
        { file: '/etc/asterisk/cdr_manager_general_custom.conf', lines: 'enabled = yes' },
        { file: '/etc/asterisk/cdr_manager_mapping_custom.conf', lines: freepbxMappings },
      ],
      command: 'fwconsole reload',
    },
    unanswered: {
      blocks: [{ file: '/etc/asterisk/cdr_general_custom.conf', lines: unanswered }],
      command: 'fwconsole reload',
    },
    amiws: amiwsStep,
  },
};

/** The lines that a part needs on a kind of PBX; the pages in docs/ show the same. */
export function setupStep(part: SetupPart, pbx: PbxKind): SetupStep {
  return steps[pbx][part];
}
