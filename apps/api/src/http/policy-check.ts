import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { POLICY } from './policy';

/** Refuses to start while a route does not say who may call it. */
@Injectable()
export class PolicyCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const open = this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => this.isUndeclared(prototype[name], metatype))
        .map((name) => `${metatype.name}.${name}`);
    });
    if (open.length > 0) throw new Error(`routes without a policy: ${open.join(', ')}`);
  }

  private isUndeclared(handler: (() => unknown) | undefined, controller: Parameters<Reflector['get']>[1]): boolean {
    if (handler === undefined) return false;
    return (
      Reflect.hasMetadata(PATH_METADATA, handler) &&
      this.reflector.getAllAndOverride(POLICY, [handler, controller]) === undefined
    );
  }
}
