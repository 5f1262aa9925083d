import { z } from "zod";
import {
  isOfAgent,
  isOfLines,
  ownSettings,
  type PropSchemas,
  type SharedThreshold,
} from "../../constructs/cloudwatch/alarm-kind";
import { type AlarmKinds, namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { evaluation } from "../../constructs/cloudwatch/settings";

type OfAgent<Key extends keyof AlarmKinds> = "namespace" extends AlarmKinds[Key]["needs"][number]
  ? Key
  : never;
type AgentKey = { [Key in keyof AlarmKinds]: OfAgent<Key> }[keyof AlarmKinds];

/** What is said of a kind alone. A threshold that it shares stands in `alerting.thresholds`. */
type Own<Kind extends AlarmKinds[keyof AlarmKinds]> =
  Omit<
    Kind["settings"],
    Kind extends { readonly shared?: SharedThreshold<infer Setting> } ? Setting : never
  > extends infer Rest extends PropSchemas
    ? Rest
    : never;

type Evaluated<Settings extends PropSchemas> = z.ZodObject<
  Settings & Omit<typeof evaluation, keyof Settings>,
  z.core.$strict
>;
/** An entry in which everything has a default may be left out. */
type Defaulted<Entry extends z.ZodObject> =
  Record<string, never> extends z.input<Entry> ? z.ZodPrefault<Entry> : Entry;
type Entry<Kind extends AlarmKinds[keyof AlarmKinds]> = Kind["presence"] extends "always"
  ? "logGroupName" extends Kind["needs"][number]
    ? z.ZodOptional<Evaluated<Own<Kind>>>
    : Defaulted<Evaluated<Own<Kind>>>
  : z.ZodOptional<Evaluated<Own<Kind>>>;

type Optional<Settings extends PropSchemas> = { [Prop in keyof Settings]: z.ZodOptional<Settings[Prop]> };
type AgentSettings<Kind extends AlarmKinds[keyof AlarmKinds]> = Kind["presence"] extends "always"
  ? Own<Kind>
  : Optional<Own<Kind>>;
/** All keys of all members of a union: what functions of each of them have in common. */
type Together<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** What an environment says of each alarm that is not on the agent's metrics, by the name of its kind. */
export const alarmEntries = Object.fromEntries(
  namedAlarmKinds
    .filter(({ kind }) => !isOfAgent(kind))
    .map(({ key, kind }) => {
      const own = ownSettings(kind);
      const said: PropSchemas = { ...own, ...evaluation, ...own };
      const entry = z.strictObject(said);
      // Whether an alarm on lines must be there is a rule: it goes with `logs`.
      if (kind.presence === "asked" || isOfLines(kind)) return [key, entry.optional()];
      // Where everything has a default, nothing need be said.
      return [key, entry.safeParse({}).success ? entry.prefault({}) : entry];
    }),
) as unknown as { readonly [Key in Exclude<keyof AlarmKinds, AgentKey>]: Entry<AlarmKinds[Key]> };

/** What an environment says of all alarms on the agent's metrics, by the setting. */
export const agentSettings = Object.fromEntries(
  namedAlarmKinds
    .filter(({ kind }) => isOfAgent(kind))
    .flatMap(({ kind }) =>
      Object.entries(ownSettings(kind)).map(([prop, schema]) => [
        prop,
        kind.presence === "always" ? schema : schema.optional(),
      ]),
    ),
) as unknown as Together<{ [Key in AgentKey]: AgentSettings<AlarmKinds[Key]> }[AgentKey]>;
