import { personRole } from './person-role';

const ann = { login: 'ann', name: 'Ann', email: 'ann@example.com', role: 'Admin' };

describe('personRole', () => {
  it.each([
    ['a person', ann],
    ['one without an e-mail address', { ...ann, email: '' }],
    ['one who has only a login and an address', { ...ann, name: '' }],
    ['one whose name is the login', { ...ann, name: 'ann' }],
  ])('is that of %s', (_, user) => expect(personRole(user)).toBe('Admin'));

  it.each([
    ['the visitor of a public dashboard', { ...ann, login: 'service', name: 'service', email: '' }],
    ['whoever took that login', { ...ann, login: 'service' }],
    ['somebody anonymous', { ...ann, login: '', name: '', email: '' }],
    ['a service account', { ...ann, login: 'sa-1-reports', name: 'reports', email: '' }],
    ['the scheduler of alert rules', { ...ann, login: 'grafana_scheduler', name: 'grafana_scheduler', email: '' }],
    ['another part of Grafana', { ...ann, login: 'grafana_reporting', name: 'grafana_reporting', email: '' }],
    ['nobody', undefined],
  ])('is none for %s, though Grafana says Admin', (_, user) => expect(personRole(user)).toBe(''));
});
