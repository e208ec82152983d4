import { createHash } from 'node:crypto';
import type { Transaction } from '../transaction';

/** By the first twelve bits of a case's key: a proof is short, and no root costs more because there were more cases. */
export const BUCKETS = 4_096;

/** RFC 6962's hash of an empty leaf. */
const EMPTY = createHash('sha256')
  .update(Buffer.from([0]))
  .digest();

/** Of each bucket as it stood at a root. */
export async function bucketLeaves(client: Transaction, root: number): Promise<Buffer[]> {
  const { rows } = await client.query<{ leaf: Buffer | null }>({
    name: 'root_buckets',
    text: `select (select leaf from root_bucket r where r.bucket = b.bucket and r.root_number <= $1
        order by r.root_number desc limit 1) as leaf
      from generate_series(0, ${BUCKETS - 1}) as b (bucket) order by b.bucket`,
    values: [root],
  });
  return rows.map(({ leaf }) => leaf ?? EMPTY);
}
