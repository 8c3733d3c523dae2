/** For rounds that go on after a fault: in a test a fault is a failure. */
export const loudLog = {
  error(fields: object, message: string): void {
    throw new Error(message, { cause: fields });
  },
};
