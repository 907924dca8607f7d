from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.topics.models.elementary import exp, log, softmax


@given(st.floats(1e-300, 1e300))
def test_log_is_that_of_the_c_library(value):
    assert math.isclose(float(log(value)), math.log(value), rel_tol=4e-16, abs_tol=3e-16)


@given(st.floats(-700, 700))
def test_exp_is_that_of_the_c_library(value):
    assert math.isclose(float(exp(value)), math.exp(value), rel_tol=1e-15)


def test_very_small_weights_do_not_underflow():
    assert float(exp(-1e9)) > 0
    np.testing.assert_allclose(softmax(np.array([[-1e9, 0.0]])), [[0, 1]], atol=1e-300)
