"""The libraries that only training needs: their one way in, with a clear word where they are missing."""

from __future__ import annotations

from kg.errors import DataError

try:
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits
except ImportError as error:
    raise DataError(
        f"training needs scikit-learn and scipy ({error}); install them with: pip install 'diplomatic-kg[train]'"
    ) from error

__all__ = ["LogisticRegression", "csr_matrix", "minimize", "threadpool_limits"]
