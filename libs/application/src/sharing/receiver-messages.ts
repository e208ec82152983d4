import { SHARED_FIELDS, type SharedField } from '@birth/domain';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, Length, Matches } from 'class-validator';
import { readMessageBody } from '../agency/birth-notification';

class ReceiverMessage {
  @IsString() @Length(1, 100) messageId: string;
}

class DisputeMessage extends ReceiverMessage {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(Object.keys(SHARED_FIELDS).length)
  @IsIn(Object.keys(SHARED_FIELDS), { each: true })
  fields: SharedField[];
  /** In its own words, for the office that made the data. */
  @IsString() @Length(1, 1000) @Matches(/\S/u) text: string;
}

/** Problem 400 with pointers; values never appear. */
export const readReceipt = (body: Buffer): ReceiverMessage => readMessageBody(ReceiverMessage, body);
export const readDispute = (body: Buffer): DisputeMessage => readMessageBody(DisputeMessage, body);
