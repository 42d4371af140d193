/** A view that fails does not take the window with it: the others, and the evidence, stay. */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { Plain } from '../text/plain.tsx';

interface ViewBoundaryProps {
  /** name of the view, in words */
  readonly title: string;
  readonly children: ReactNode;
}

interface ViewBoundaryState {
  readonly failure: string | null;
}

export class ViewBoundary extends Component<ViewBoundaryProps, ViewBoundaryState> {
  override state: ViewBoundaryState = { failure: null };

  static getDerivedStateFromError(error: unknown): ViewBoundaryState {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <div className="view-empty" role="alert">
        <p><strong>The inspector failed at the view {this.props.title}; the evidence so far is kept.</strong></p>
        <p><Plain text={failure} limit={400} /></p>
        <p><button type="button" className="plain-button" onClick={() => this.setState({ failure: null })}>Try again</button></p>
      </div>
    );
  }
}
