-- Pages that gave no article, by reason
SELECT outcome, reason, n_captures, requeue_hint FROM rejected_by_reason();
