import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who had receivers told again, what and why (policy P19). */
export class ShareRecovery1766400000500 implements MigrationInterface {
  readonly name = 'ShareRecovery1766400000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table share_recovery (
      id uuid constraint share_recovery_pk primary key,
      receiver text not null,
      delivery_id uuid,
      since timestamptz,
      by text not null,
      reason text not null,
      at timestamptz not null
    )`);
    await runner.query(`create trigger share_recovery_append_only before update or delete on share_recovery
      for each row execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table share_recovery');
  }
}
