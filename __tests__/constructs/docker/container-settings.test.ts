import { pinnedImage, readsSecrets, user } from "../../../constructs/docker/container-settings";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

it.each([
  "redis:8.2.1",
  "prom/prometheus:v3.13.5",
  "localhost:5000/shop/cart:2",
  "Registry.Example.com/shop/cart:2",
  "shop/my__cart--2.x:2.0.0-RC_1",
  `redis@${digest}`,
  `redis:8.2.1-RC@${digest}`,
])("pins the image %s", (image) => {
  expect(pinnedImage.safeParse(image).success).toBe(true);
});

it.each([
  "redis",
  "redis:",
  "redis:latest",
  "localhost:5000/redis",
  "shop/Cart:2",
  "shop//cart:2",
  "shop/cart-:2",
  "a:b:c",
  "redis:8 ",
  "redis:-8",
  `redis:${"8".repeat(129)}`,
  `redis@${digest.slice(0, -1)}`,
  `${"a".repeat(254)}:1`,
])("does not take %s for a pinned image", (image) => {
  expect(pinnedImage.safeParse(image).success).toBe(false);
});

it.each([
  ["999", true, false],
  ["65534:0", true, true],
  ["node", true, false],
  ["node:0", true, true],
  ["nobody:nogroup", true, false],
  ["2147483647:2147483647", true, false],
  ["2147483648", false, false],
  ["", false, false],
  ["Node", false, false],
  ["1000:", false, false],
])("%j: is a user %s, reads secrets %s", (text, isUser, isReader) => {
  expect(user.safeParse(text).success).toBe(isUser);
  expect(readsSecrets(text)).toBe(isReader);
});
