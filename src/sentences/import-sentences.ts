/** Why an import fails, and what to try. */
export const importSentences = {
  'import.no-table':
    "The database {{- database}} has no table {{- table}}. Asterisk's name for it is {{- usual}}. If the table is in a separate schema, enter schema.table.",
  'import.no-select':
    "The user {{- user}} isn't allowed to read {{- table}}. Run GRANT SELECT ON {{- name}} TO the user. No other rights are needed.",
  'import.refused':
    'Nothing listens at {{- address}}. Check host and port, and that the database listens on external addresses (bind-address of MariaDB, listen_addresses of PostgreSQL).',
  'import.unknown-host': "The host {{- host}} can't be resolved. Check its spelling.",
  'import.silent': 'Nothing answers at {{- address}}. Check the firewall between Grafana and the database.',
  'import.no-tls':
    "The database at {{- address}} doesn't support TLS. Set up a certificate (ssl_cert and ssl_key of MariaDB, ssl of PostgreSQL), or turn off TLS if the network between the database and Grafana is trusted.",
  'import.only-tls': 'The database requires TLS. Turn on TLS.',
  'import.refused-user':
    'The database rejects the user {{- user}}. Check user and password, and that the user is allowed to connect from the Grafana server to {{- database}} (GRANT ... TO user@host, pg_hba.conf).',
  'import.no-database':
    "There is no database {{- database}} that {{- user}} can use. FreePBX's name for it is asteriskcdrdb.",
  'import.untrusted':
    "The certificate of the database isn't trusted ({{- message}}). Provide the authority that signed it, and check that it is issued to {{- host}}.",
  'import.not-freepbx':
    'Names are read from the MariaDB or MySQL database of FreePBX. Select an import of this type with a host.',
  'import.same-start':
    'More than {{rows, number}} rows have {{- value}} in {{- column}}. Expected the start of each CDR there.',
  'import.no-column': 'There is no column {{- column}} for {{- name}}.',
  'import.lacks-columns': 'The table has no column for {{- columns}}.',
  'import.has-columns': 'Columns found: {{- columns}}.',
  'import.lacks-columns-advice': 'If one of them is meant, enter its name under Columns.',
  'import.no-unique-id':
    'The CDRs have no UniqueID from which to detect the time zone. Set the time zone of the PBX, or set loguniqueid=yes in cdr.conf.',
  'import.no-server': 'Enter the PBX whose calls are imported: its name under Connection, or its name in amiws.yaml.',
  'import.bad-host': '{{- host}} is not a host name or address.',
  'import.no-pbx-zone':
    'The timestamps of the import are in {{- zone}}. Set the time zone of the PBX too, so that they can be converted to its local time.',
  'import.no-queue-log-zone':
    'No line has a call ID from which to detect the time zone of the queue_log. Set the time zone of the PBX.',
  'import.not-queue-log':
    '{{- file}} has no queue_log line such as {{- example}}. Enter the file that Asterisk writes, by default /var/log/asterisk/queue_log.',
  'import.stopped': 'The import was stopped.',
  'import.no-folder':
    'No folder is allowed for import files. Set {{- setting}} to the folder that contains Master.csv or queue_log.',
  'import.no-file': 'Enter the path of the file, such as Master.csv or queue_log.',
  'import.not-a-file': '{{- file}} is not a file. Expected a file such as Master.csv or queue_log.',
  'import.folder-unreadable': "The folder of {{- setting}} can't be read by the user that runs Grafana.",
  'import.folder-missing': "The folder of {{- setting}} doesn't exist.",
  'import.file-unreadable': "The file {{- file}} can't be read by the user that runs Grafana.",
  'import.file-missing': "The file {{- file}} doesn't exist.",
  'import.outside': '{{- file}} is outside the allowed folder. Only files in the folder of {{- setting}} are read.',
  'import.unknown-csv':
    "The columns of the file aren't known: a line has {{columns, number}} columns. Expected the columns of Asterisk's cdr_csv (16 to 21, the start in the 10th) or of the sample cdr_custom.conf (15 to 19, the start in the 9th). For other files, add a first line with the names (start, src, dst, channel …), or enter their numbers under Columns.",
  'import.broken-off': '{{- peer}} {{- did}}.',
  'import.closed': '{{- peer}} closed the connection when asked to {{- to}}.',
  'import.too-much': '{{- peer}} sent more than {{megabytes, number}} MB when asked to {{- to}}.',
  'import.too-slow': '{{- peer}} took longer than {{seconds, number}} s to {{- to}}.',
} as const;
