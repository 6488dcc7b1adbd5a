import { askCapture, type Row } from '../ask-examples';

/** The figure of one group of the capture of two PBXes, of one of them. */
export async function figure(metric: string, group: Row = {}, more: object = {}): Promise<unknown> {
  const rows = await askCapture({
    ...{ queryType: 'statistics', metrics: [metric], groupBy: Object.keys(group) },
    ...{ filters: { server: ['pbx-east'] }, ...more },
  });
  return rows.find((row) => Object.entries(group).every(([dimension, value]) => row[dimension] === value))?.[metric];
}
