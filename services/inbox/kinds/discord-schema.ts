import { z } from "zod";
import { isObject, lengthOf } from "./kind";

/** Discord's tree of what is wrong: the names of the fields, and at their ends `_errors`. */
export interface Mistakes {
  [field: string]: Mistakes | readonly Mistake[];
}
interface Mistake {
  readonly code: string;
  readonly message: string;
}

/** A check of our own, with the code that Discord would give. */
function coded(code: string, message: string) {
  return { error: message, params: { code } };
}

function text(most: number) {
  const mistake = coded("BASE_TYPE_MAX_LENGTH", `Must be ${String(most)} or fewer in length.`);
  return z.string().refine((value) => lengthOf(value.trim()) <= most, mistake);
}

function required(most: number) {
  const isThere = coded("BASE_TYPE_REQUIRED", "This field is required");
  return text(most).refine((value) => value.trim() !== "", isThere);
}

function list<T extends z.ZodType>(item: T, most: number) {
  const mistake = coded("BASE_TYPE_MAX_LENGTH", `Must be ${String(most)} or fewer in length.`);
  return z.array(item).refine((value) => value.length <= most, mistake);
}

const url = z
  .string()
  .refine(
    (value) => value === "" || URL.canParse(value),
    coded("URL_TYPE_INVALID_URL", "Not a well formed URL."),
  );
const timestamp = z
  .string()
  .refine(
    (value) => !Number.isNaN(Date.parse(value)),
    coded("DATE_TIME_TYPE_PARSE", "Could not parse the date. Should be ISO8601."),
  );
const color = z
  .int()
  .refine((value) => value >= 0, coded("NUMBER_TYPE_MIN", "int value should be greater than or equal to 0."))
  .refine(
    (value) => value <= 0xffffff,
    coded("NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215."),
  );
const username = text(80)
  .refine(
    (value) => value.trim().length > 0,
    coded("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 80 in length."),
  )
  .refine(
    (value) => !/discord|clyde/i.test(value),
    coded("USERNAME_INVALID_CONTAINS", 'Username cannot contain "discord" or "clyde"'),
  );

const embed = z.object({
  title: text(256).nullish(),
  description: text(4096).nullish(),
  url: url.nullish(),
  color: color.nullish(),
  timestamp: timestamp.nullish(),
  footer: z.object({ text: required(2048), icon_url: url.nullish() }).nullish(),
  author: z.object({ name: required(256), url: url.nullish(), icon_url: url.nullish() }).nullish(),
  image: z.object({ url }).nullish(),
  thumbnail: z.object({ url }).nullish(),
  fields: list(
    z.object({ name: required(256), value: required(1024), inline: z.boolean().nullish() }),
    25,
  ).nullish(),
});

/** An embed of a message. */
export type Embed = z.infer<typeof embed>;

/** What is taken as the body of "Execute Webhook". Fields that Discord does not know it ignores. */
export const execution = z.object({
  content: text(2000).nullish(),
  username: username.nullish(),
  avatar_url: url.nullish(),
  tts: z.boolean().nullish(),
  embeds: list(embed, 10).nullish(),
});

/** What is wrong, in Discord's form. */
export function mistakesOf(error: z.ZodError, payload: unknown): Mistakes {
  const root: Mistakes = {};
  for (const issue of error.issues) {
    const place = placeOf(root, issue.path);
    place._errors = [
      ...(Array.isArray(place._errors) ? (place._errors as Mistake[]) : []),
      mistakeOf(issue, payload),
    ];
  }
  return root;
}

function placeOf(root: Mistakes, path: readonly PropertyKey[]): Mistakes {
  return path.reduce<Mistakes>((node, key) => {
    const next = node[String(key)];
    const child = next === undefined || Array.isArray(next) ? {} : (next as Mistakes);
    node[String(key)] = child;
    return child;
  }, root);
}

/** What Discord says of a value of the wrong type, by the type that it expects. */
const conversions: Readonly<Record<string, Mistake>> = {
  string: { code: "STRING_TYPE_CONVERT", message: "Could not interpret the value as string." },
  array: { code: "LIST_TYPE_CONVERT", message: "Only iterables may be used in a ListType" },
  object: { code: "MODEL_TYPE_CONVERT", message: "Only dictionaries may be used in a ModelType" },
  boolean: { code: "BOOLEAN_TYPE_CONVERT", message: "Must be either true or false." },
};
const notAnInteger: Mistake = { code: "NUMBER_TYPE_COERCE", message: "Value is not int." };

function mistakeOf(issue: z.core.$ZodIssue, payload: unknown): Mistake {
  if (issue.code === "custom") {
    return { code: String(issue.params?.code), message: issue.message };
  }
  if (valueAt(payload, issue.path) === undefined) {
    return { code: "BASE_TYPE_REQUIRED", message: "This field is required" };
  }
  return (issue.code === "invalid_type" ? conversions[issue.expected] : undefined) ?? notAnInteger;
}

function valueAt(payload: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(key)];
    return isObject(value) ? value[String(key)] : undefined;
  }, payload);
}
