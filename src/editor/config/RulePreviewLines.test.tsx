import { setBackendSrv, type BackendSrv, type BackendSrvRequest } from '@grafana/runtime';
import { render, screen, within } from '@testing-library/react';
import { of, throwError } from 'rxjs';
import { RulePreviewLines } from './RulePreviewLines';

const requests: BackendSrvRequest[] = [];

function answerWith(fetch: () => unknown): void {
  const backend: Partial<BackendSrv> = {
    fetch: ((request: BackendSrvRequest) => {
      requests.push(request);
      return fetch();
    }) as BackendSrv['fetch'],
  };
  setBackendSrv(backend as BackendSrv);
}

beforeEach(() => requests.splice(0));

test('tells how many of the last calls each rule would decide', async () => {
  answerWith(() =>
    of({
      data: {
        directions: [
          { direction: 'inbound', rule: 2, calls: 812 },
          { direction: 'internal', rule: null, calls: 188 },
        ],
        agents: ['1001', '1002'],
      },
    })
  );
  const rules = [{ field: 'source', pattern: '^0', direction: 'inbound' }] as const;
  render(<RulePreviewLines uid="u1" settings={{ directionRules: [...rules] }} />);
  const list = await screen.findByRole('list', { name: 'Preview of the rules' });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
  ).toEqual([
    'inbound: 812 of the last 1,000 calls, by rule 2',
    'internal: 188 of the last 1,000 calls, by the external channel patterns',
    'agents: 1001, 1002',
  ]);
  expect(requests).toMatchObject([
    { url: '/api/datasources/uid/u1/resources/preview-rules', method: 'POST', data: { directionRules: rules } },
  ]);
});

test('shows nothing where nothing can tell', async () => {
  answerWith(() => throwError(() => new Error('no such data source')));
  const { container } = render(<RulePreviewLines uid="u1" settings={{}} />);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(requests).toHaveLength(1);
  expect(container).toBeEmptyDOMElement();
});
