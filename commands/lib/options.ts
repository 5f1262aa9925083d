import { CommandError } from "./cli";

/**
 * The number that an option gives.
 * @throws CommandError that names the option and what it allows, unless the number is between the bounds or one of them
 */
export function numberIn(option: string, text: string, min: number, max: number): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(value >= min && value <= max)) {
    throw new CommandError(
      `${option}: expected a number from ${String(min)} to ${String(max)}, found "${text}".`,
    );
  }
  return value;
}
