/** The process that `apart` starts. */
async function main([module, argument]: string[]): Promise<void> {
  const { run } = (await import(`./${module}`)) as { run: (argument: unknown) => Promise<unknown> };
  const result = (await run(JSON.parse(argument!))) ?? null;
  await new Promise((resolve) => process.send!(result, resolve));
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => process.disconnect());
