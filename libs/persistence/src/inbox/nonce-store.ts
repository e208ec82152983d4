import type { NonceStore } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** Far longer than a signature is taken (60 s), so that clocks that differ let none through. */
const KEPT_MS = 3_600_000;
const SWEPT_AT_ONCE = 50;

@Injectable()
export class PostgresNonceStore implements NonceStore {
  constructor(private readonly database: Database) {}

  async use(owner: string, nonce: string, at: number): Promise<boolean> {
    const rows = await this.database.query({
      name: 'use_nonce',
      text: `with swept as (
          delete from request_nonce where ctid in (
            select ctid from request_nonce where used_at < $4 order by used_at limit ${SWEPT_AT_ONCE}
            for update skip locked))
        insert into request_nonce (owner, nonce, used_at) values ($1, $2, $3) on conflict do nothing returning 1`,
      values: [owner, nonce, new Date(at), new Date(at - KEPT_MS)],
    });
    return rows.length === 1;
  }
}
