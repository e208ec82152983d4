import { Logger } from '@nestjs/common';
import { IsString } from 'class-validator';
import { KeyFile } from '../kit/key-file';
import { WebhookBook } from './webhook-book';

export class WebhooksConfig {
  /** JSON: [{ receiver, url, secrets: [one, or two during a roll-over] }], 0600; empty: nobody is pushed to. */
  @IsString()
  WEBHOOKS_FILE: string = '';

  book(): () => WebhookBook {
    const { WEBHOOKS_FILE: path } = this;
    const nothing = new WebhookBook([]);
    if (path === '') return () => nothing;
    const onTrouble = (message: string): void => new Logger('webhooks').error(message);
    const file = new KeyFile({ path, parse: (text) => WebhookBook.parse(text), nothing, onTrouble });
    return () => file.read();
  }
}
