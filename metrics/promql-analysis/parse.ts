import type { Tree } from "@lezer/common";
import { Conversion } from "./convert";
import { treeOf, typeProblems } from "./editor";
import type { Expression } from "./expression";
import type { FeatureUse, Problem } from "./problem";
import { readable } from "./source";
import { furtherProblems } from "./validity";

/** A PromQL text, read. */
export interface Parsed {
  readonly text: string;
  /** What could be read of it: what could not is `unknown` in it. */
  readonly expr: Expression;
  /** What Prometheus refuses, from left to right; none for what it takes. */
  readonly problems: readonly Problem[];
  /** Syntax that Prometheus takes with a feature flag only. It is no problem. */
  readonly features: readonly FeatureUse[];
}

/** Nodes within nodes: ten times what anyone writes. */
const deepest = 1000;

/** Reads PromQL by Prometheus's own grammar and checks. Never throws, whatever the text. */
export function parse(text: string): Parsed {
  const source = readable(text);
  const tree = treeOf(source);
  const conversion = new Conversion(source);
  const broken = syntaxProblems(source, tree);
  // Prometheus may take it; the grammar here gives up, and what reads its tree would go as deep as the text is nested.
  if (depthOf(tree) > deepest) {
    return { text, expr: { kind: "unknown", from: 0, to: text.length }, problems: [], features: [] };
  }
  const expr = conversion.convert(tree.topNode.firstChild);
  const problems = broken.length > 0 ? broken : refusals(source, tree, expr, conversion);
  return { text, expr, problems, features: conversion.features };
}

/** The text between two places of an expression. */
export function textAt({ text }: Pick<Parsed, "text">, { from, to }: { from: number; to: number }): string {
  return text.slice(from, to);
}

/** Each check speaks only where those before it found nothing, as they would tell the same mistake twice. */
function refusals(
  source: string,
  tree: Tree,
  expr: Expression,
  { problems }: Conversion,
): readonly Problem[] {
  if (problems.length > 0) return problems;
  const byType = typeProblems(source, tree);
  return byType.length > 0 ? byType : furtherProblems(expr);
}

function syntaxProblems(source: string, tree: Tree): Problem[] {
  if (source.trim() === "") return [{ message: "no expression found", from: 0, to: source.length }];
  const errors: Problem[] = [];
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) errors.push({ message: unexpected(source, from), from, to });
    },
  });
  return errors.slice(0, 1);
}

function depthOf(tree: Tree): number {
  let [depth, most] = [0, 0];
  tree.iterate({
    enter: () => {
      depth += 1;
      most = Math.max(most, depth);
    },
    leave: () => {
      depth -= 1;
    },
  });
  return most;
}

function unexpected(source: string, from: number): string {
  const rest = source.slice(from).trimStart();
  const word = /^(?:[\w:.]+|"[^"]*"?|'[^']*'?|.)/.exec(rest)?.[0];
  return word === undefined ? "unexpected end of input" : `unexpected ${JSON.stringify(word)}`;
}
