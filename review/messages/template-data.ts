import { GoTime } from "../../alerts/go-template/times";
import {
  fixed,
  GoList,
  GoMap,
  GoStruct,
  stringList,
  type GoFunctions,
  type GoValue,
} from "../../alerts/go-template/values";
import type { Labels } from "../../metrics/promql-engine/series";
import { fingerprintOf } from "./fingerprint";

/** An alert as a notification has it. */
export interface SentAlert {
  readonly status: "firing" | "resolved";
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Milliseconds of Unix time. */
  readonly startsAt: number;
  /** Milliseconds of Unix time; undefined while it fires. */
  readonly endsAt: number | undefined;
  readonly generatorUrl: string;
}

/** What a notification is about. */
export interface SentGroup {
  readonly receiver: string;
  readonly alerts: readonly SentAlert[];
  readonly groupLabels: Labels;
  readonly externalUrl: string;
}

/** What Alertmanager gives its templates, and writes as JSON to a webhook. */
export function templateData({ receiver, alerts, groupLabels, externalUrl }: SentGroup): GoStruct {
  const shown = alerts.map(alertOf);
  return new GoStruct(
    "*template.Data",
    {
      Receiver: receiver.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"),
      Status: statusOf(alerts),
      Alerts: new GoList("template.Alerts", shown, { methods: alertsMethods(shown) }),
      GroupLabels: pairsMap(groupLabels),
      CommonLabels: pairsMap(common(alerts.map(({ labels }) => labels))),
      CommonAnnotations: pairsMap(common(alerts.map(({ annotations }) => annotations))),
      ExternalURL: externalUrl,
    },
    {
      jsonNames: {
        ...smallNames("Receiver Status Alerts GroupLabels CommonLabels CommonAnnotations"),
        ExternalURL: "externalURL",
      },
    },
  );
}

/** Firing while one of the alerts does. */
export function statusOf(alerts: readonly Pick<SentAlert, "status">[]): "firing" | "resolved" {
  return alerts.some(({ status }) => status === "firing") ? "firing" : "resolved";
}

function smallNames(names: string): Record<string, string> {
  return Object.fromEntries(
    names.split(" ").map((name) => [name, name.replace(/^./, (first) => first.toLowerCase())]),
  );
}

const alertNames = {
  ...smallNames("Status Labels Annotations StartsAt EndsAt Fingerprint"),
  GeneratorURL: "generatorURL",
};

function alertOf({ status, labels, annotations, startsAt, endsAt, generatorUrl }: SentAlert): GoStruct {
  return new GoStruct(
    "template.Alert",
    {
      Status: status,
      Labels: pairsMap(labels),
      Annotations: pairsMap(annotations),
      StartsAt: new GoTime(startsAt),
      EndsAt: endsAt === undefined ? GoTime.zero : new GoTime(endsAt),
      GeneratorURL: generatorUrl,
      Fingerprint: fingerprintOf(labels),
    },
    { jsonNames: alertNames },
  );
}

function alertsMethods(alerts: readonly GoStruct[]): GoFunctions {
  const inState = (state: string) =>
    fixed(
      [],
      () =>
        new GoList(
          "[]template.Alert",
          alerts.filter(({ fields }) => fields.Status === state),
        ),
    );
  return { Firing: inState("firing"), Resolved: inState("resolved") };
}

/** What all have with the same value. */
function common([first = {}, ...others]: readonly Labels[]): Labels {
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => (other[name] ?? "") === value)),
  );
}

/** Names and values as templates see them. */
function pairsMap(values: Labels): GoMap {
  const map: GoMap = new GoMap("template.KV", values, "", {
    methods: {
      SortedPairs: fixed([], () => sortedPairs(map)),
      Remove: fixed(["strings"], (names) => {
        const kept = Object.entries(values).filter(([name]) => !names.includes(name));
        return pairsMap(Object.fromEntries(kept));
      }),
      Names: fixed([], () => namesOf(sortedPairs(map))),
      Values: fixed([], () => valuesOf(sortedPairs(map))),
      String: fixed([], () => textOf(sortedPairs(map))),
    },
    text: () => textOf(sortedPairs(map)),
  });
  return map;
}

/** The name of the alert first, then by names. */
function sortedPairs({ entries }: GoMap): GoList {
  const pairs = [...entries];
  const sorted = [
    ...pairs.filter(([name]) => name === "alertname"),
    ...pairs.filter(([name]) => name !== "alertname"),
  ];
  const list: GoList = new GoList(
    "template.Pairs",
    sorted.map(([Name, Value]) => new GoStruct("template.Pair", { Name, Value })),
    {
      methods: {
        Names: fixed([], () => namesOf(list)),
        Values: fixed([], () => valuesOf(list)),
        String: fixed([], () => textOf(list)),
      },
      text: () => textOf(list),
    },
  );
  return list;
}

function fieldsOf(pairs: GoList, field: "Name" | "Value"): string[] {
  return pairs.items.map((pair: GoValue) =>
    pair instanceof GoStruct ? String(pair.fields[field] as string) : "",
  );
}

function namesOf(pairs: GoList): GoList {
  return stringList(fieldsOf(pairs, "Name"));
}

function valuesOf(pairs: GoList): GoList {
  return stringList(fieldsOf(pairs, "Value"));
}

function textOf(pairs: GoList): string {
  const values = fieldsOf(pairs, "Value");
  return fieldsOf(pairs, "Name")
    .map((name, index) => `${name}=${values[index] ?? ""}`)
    .join(", ");
}
