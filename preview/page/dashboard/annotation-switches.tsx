import type { SceneDataLayerProvider, SceneDataLayerSet } from "@grafana/scenes";

/** A switch for each annotation. */
export function AnnotationSwitches({ layers }: { readonly layers: SceneDataLayerSet }) {
  const { layers: all } = layers.useState();
  return all.map((layer) => <AnnotationSwitch key={layer.state.key} layer={layer} />);
}

function AnnotationSwitch({ layer }: { readonly layer: SceneDataLayerProvider }) {
  const { name, isEnabled, isHidden, data } = layer.useState();
  if (isHidden) return null;
  const failed = data?.errors?.[0]?.message;
  return (
    <label className="annotation-switch" title={failed}>
      <input
        type="checkbox"
        checked={isEnabled ?? true}
        onChange={(event) => layer.setState({ isEnabled: event.currentTarget.checked })}
      />
      {name}
      {failed && <span role="alert"> (failed: {failed})</span>}
    </label>
  );
}
