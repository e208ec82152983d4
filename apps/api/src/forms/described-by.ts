/** A parameter that also writes its own line of the contract: what is read and what is described cannot part. */
export const describedBy =
  (reads: ParameterDecorator, ...describes: readonly MethodDecorator[]): ParameterDecorator =>
  (target, key, index) => {
    reads(target, key, index);
    const method = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key === undefined || method === undefined) return;
    for (const describe of describes) describe(target, key, method);
  };
